import type { VerifiedTokens } from '@/lib/cognito/protocol/claims';
import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';
import { refreshDueAt, type Session, tokenTime } from '@/lib/cognito/session/session';
import { type AuthorizeRequest, authorizeRequest } from './authorize-request';
import { type Check, checksOf } from './checks';
import { type Cookie, type CookieAnatomy, cookieAnatomy } from './cookie-anatomy';
import { type TokenEvidence, tokenEvidence } from './token-evidence';

/** The request for the page itself. */
export interface PageRequest {
  readonly method: string;
  /** The `Sec-Fetch-Dest` header; undefined if the browser doesn't send it. */
  readonly destination?: string;
  /** How the middleware classifies the request. */
  readonly kind: string;
}

/**
 * The data of one sign-in, ready for display. It contains no token, code, state, nonce or secret. All
 * times are seconds since 1970 by this server's clock, except those in claims.
 */
export interface Evidence {
  /** Whether this is the example instead of the visitor's own sign-in. */
  readonly example: boolean;
  readonly now: number;
  readonly origin: string;
  readonly domain: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly issuer: string;
  /** Whether the app client has a secret. */
  readonly confidential: boolean;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly logoutUri: string;
  readonly authorize: AuthorizeRequest;
  /** When this browser finished its sign-in. */
  readonly signedInAt: number;
  /** When the user authenticated on the hosted UI; undefined without an `auth_time` claim. */
  readonly authTime?: number;
  /** When the current ID and access tokens arrived. */
  readonly receivedAt: number;
  /** Whether they came from a refresh. */
  readonly refreshed: boolean;
  /** The identity provider's name, if the user signed in through one. */
  readonly identityProvider?: string;
  readonly tokens: readonly [id: TokenEvidence, access: TokenEvidence, refresh: TokenEvidence];
  readonly checks: readonly Check[];
  readonly cookie: CookieAnatomy;
  /** The first request after this refreshes. */
  readonly refreshDueAt: number;
  /** When the session ends at the latest. The refresh token may expire earlier. */
  readonly endsAt: number;
  readonly request: PageRequest;
}

/** The input of `evidenceOf`. */
export interface Facts {
  readonly config: CognitoConfig;
  /** Verified. */
  readonly session: Session;
  readonly claims: VerifiedTokens;
  /** How long each verification took. */
  readonly milliseconds: { readonly id: number; readonly access: number };
  /** All cookies of the request. */
  readonly cookies: readonly Cookie[];
  readonly request: PageRequest;
  /** Seconds since 1970. */
  readonly now: number;
  readonly example?: boolean;
}

/**
 * Derives the evidence of a sign-in from its tokens, the configuration and the times.
 *
 * @param facts of one request
 */
export async function evidenceOf(facts: Facts): Promise<Evidence> {
  const { config, session, claims, now } = facts;
  const at = tokenTime(session, now);
  /** How far this server's clock is ahead of the user pool's. */
  const ahead = now - at;
  // Cognito's ID tokens have the nonce after a sign-in, and none after a refresh.
  const refreshed = session.receivedAt > session.signedInAt || claims.id.nonce === undefined;
  const endsAt = session.signedInAt + config.sessionLifetime;
  const life = ({ iat, exp }: { iat: number; exp: number }) => ({
    issuedAt: iat + ahead,
    expiresAt: exp + ahead,
  });
  const tokens = await Promise.all([
    tokenEvidence('id', session.idToken, { ...life(claims.id), claims: claims.id }),
    tokenEvidence('access', session.accessToken, { ...life(claims.access), claims: claims.access }),
    tokenEvidence('refresh', session.refreshToken, {
      issuedAt: session.signedInAt,
      expiresAt: endsAt,
    }),
  ]);
  const [id, access] = tokens;
  return {
    ...siteOf(config),
    ...personOf(claims, ahead),
    example: facts.example ?? false,
    now,
    authorize: await authorizeRequest(config, nonceOf(claims)),
    signedInAt: session.signedInAt,
    receivedAt: session.receivedAt,
    refreshed,
    tokens,
    checks: await checksOf({
      config,
      claims,
      keys: { id: id.header?.kid ?? '', access: access.header?.kid ?? '' },
      milliseconds: facts.milliseconds,
      at,
      refreshed,
    }),
    cookie: cookieAnatomy(config, session, facts.cookies),
    refreshDueAt: refreshDueAt(session) + ahead,
    endsAt,
    request: facts.request,
  };
}

/** Picks values by name, because the configuration also contains secrets. */
function siteOf(config: CognitoConfig) {
  const { origin, domain, region, userPoolId, clientId, issuer, redirectUri, logoutUri } = config;
  return {
    ...{ origin, domain, region, userPoolId, clientId, issuer, redirectUri, logoutUri },
    confidential: config.clientSecret !== undefined,
    scopes: config.scopes.split(' '),
  };
}

function personOf(
  { id }: VerifiedTokens,
  ahead: number,
): Pick<Evidence, 'authTime' | 'identityProvider'> {
  const provider = providerOf(id.identities);
  return {
    ...(typeof id.auth_time === 'number' ? { authTime: id.auth_time + ahead } : {}),
    ...(provider === undefined ? {} : { identityProvider: provider }),
  };
}

function nonceOf({ id }: VerifiedTokens): string | undefined {
  return typeof id.nonce === 'string' ? id.nonce : undefined;
}

/** The name of the identity provider; of several linked accounts, the primary one's. */
function providerOf(identities: unknown): string | undefined {
  if (!Array.isArray(identities)) return undefined;
  const named = identities.flatMap((identity: unknown) => {
    if (typeof identity !== 'object' || identity === null) return [];
    const name: unknown = Reflect.get(identity, 'providerName');
    const primary = String(Reflect.get(identity, 'primary')) === 'true';
    return typeof name === 'string' ? [{ name, primary }] : [];
  });
  return (named.find(({ primary }) => primary) ?? named[0])?.name;
}
