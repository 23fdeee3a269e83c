import type { VerifiedTokens } from '@/lib/cognito/protocol/claims';
import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';
import { refreshDueAt, type Session, tokenTime } from '@/lib/cognito/session/session';
import { type AuthorizeRequest, authorizeRequest } from './authorize-request';
import { type Check, checksOf } from './checks';
import { type Cookie, type CookieAnatomy, cookieAnatomy } from './cookie-anatomy';
import { type TokenEvidence, tokenEvidence } from './token-evidence';

/** How the page itself was asked for. */
export interface PageRequest {
  readonly method: string;
  /** `Sec-Fetch-Dest`; missing where a browser sends none. */
  readonly destination?: string;
  /** What the gate takes it for. */
  readonly kind: string;
}

/**
 * What one sign-in left behind, ready to be shown. There is no token in it, no code, state, nonce or
 * secret. All times are in seconds since 1970 by our clock, except those inside of claims.
 */
export interface Evidence {
  /** Whether this is the example, and not the visitor's own. */
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
  /** When the person proved who they are on the hosted UI; missing if the token does not say. */
  readonly authTime?: number;
  /** When the ID and the access token of now arrived, */
  readonly receivedAt: number;
  /** and whether that was by a refresh. */
  readonly refreshed: boolean;
  /** The name of the identity provider, for who signed in by one. */
  readonly identityProvider?: string;
  readonly tokens: readonly [id: TokenEvidence, access: TokenEvidence, refresh: TokenEvidence];
  readonly checks: readonly Check[];
  readonly cookie: CookieAnatomy;
  /** The first request after this refreshes. */
  readonly refreshDueAt: number;
  /** When the session ends, whatever happens; the refresh token may end before. */
  readonly endsAt: number;
  readonly request: PageRequest;
}

/** Everything that evidence is derived from. */
export interface Facts {
  readonly config: CognitoConfig;
  /** Verified. */
  readonly session: Session;
  readonly claims: VerifiedTokens;
  /** How long each of the two verifications took. */
  readonly milliseconds: { readonly id: number; readonly access: number };
  /** All cookies of the request. */
  readonly cookies: readonly Cookie[];
  readonly request: PageRequest;
  /** Seconds since 1970. */
  readonly now: number;
  readonly example?: boolean;
}

/**
 * Derives the evidence of a sign-in from the tokens, the configuration and a few times.
 *
 * @param facts of one request
 */
export async function evidenceOf(facts: Facts): Promise<Evidence> {
  const { config, session, claims, now } = facts;
  const at = tokenTime(session, now);
  /** How far our clock is ahead of the user pool's. */
  const ahead = now - at;
  // Cognito's refreshed ID tokens have no nonce; those of a sign-in always bring ours back.
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

/** Named one by one: the configuration has secrets, too. */
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

/** Of several linked accounts the primary one counts, whose name the person has here. */
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
