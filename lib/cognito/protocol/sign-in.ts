import type { AppClient } from './app-client';
import type { CognitoConfig } from './cognito-config';
import { CALLBACK_ERRORS, CognitoError } from './errors';
import { authorizeUrl, type Hints } from './hosted-ui';
import { codeChallenge } from './pkce';
import { exchangeCode, type TokenSet } from './tokens';
import { verifyNewTokens } from './verify';

/** What the browser must bring back for a callback to count as its own. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Where to go afterwards: a path on this site, already checked. */
  readonly returnTo: string;
  /** Seconds since 1970. */
  readonly startedAt: number;
  /** How long ago the person may have signed in on the hosted UI, in seconds, if that matters. */
  readonly maxAge?: number | undefined;
  /** Whether this site started it in place of an attempt that it did not recognize. */
  readonly restarted?: boolean | undefined;
}

/** A callback with exactly one code and one state. */
export interface Callback {
  readonly code: string;
  readonly state: string;
}

/** In characters; Cognito's codes are UUIDs, and it refuses a request with a state of 9,000 characters. */
const MAX_LENGTH = { code: 2048, state: 8000 };

/**
 * The address that an attempt starts at: `state` against login CSRF (RFC 9700, section 4.7), `nonce` against a
 * swapped ID token, PKCE against a stolen code (RFC 7636). All three, always: Cognito makes up a nonce of its own
 * for federated users if it gets none.
 *
 * @param config the app client
 * @param attempt from `AttemptStore.start`, or a preview's, whose state comes from `relayState`
 * @param link what the link that started it passes on
 * @returns an absolute URL on the hosted UI's domain
 */
export async function signInUrl(
  config: CognitoConfig,
  attempt: Attempt,
  link: { hints?: Hints; signUp?: boolean } = {},
): Promise<string> {
  const { state, nonce, codeVerifier, maxAge } = attempt;
  const challenge = await codeChallenge(codeVerifier);
  return authorizeUrl(config, { ...link, state, nonce, maxAge, codeChallenge: challenge });
}

/** Tells a callback from a request to start: the hosted UI sends at least one of these. */
export function isCallback(query: URLSearchParams): boolean {
  return ['code', 'state', 'error'].some((name) => query.has(name));
}

/**
 * Reads the hosted UI's answer (RFC 6749, section 4.1.2).
 *
 * @param query of the callback
 * @param issuer compared with `iss` if one is sent (RFC 9207); Cognito sends none so far
 * @throws CognitoError `sign_in_declined`, `sign_in_refused` or `callback_malformed`
 */
export function readCallback(query: URLSearchParams, issuer: string): Callback {
  // Who sends a parameter twice hopes that two readers differ (RFC 6749, section 3.1).
  for (const name of ['iss', 'error', 'code', 'state']) {
    if (query.getAll(name).length > 1) throw new CognitoError('callback_malformed', name);
  }
  const iss = query.get('iss');
  if (iss !== null && iss !== issuer) throw new CognitoError('callback_malformed', 'iss');
  const error = query.get('error');
  if (error !== null) {
    // Of the query, so from anybody: only a known word goes further. Its description never does;
    // AWS fixes no text for it: https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoint-idp-responses.html
    const said = CALLBACK_ERRORS.has(error) ? error : 'unknown';
    const declined = said === 'access_denied' || said.startsWith('user_cancelled_');
    throw new CognitoError(declined ? 'sign_in_declined' : 'sign_in_refused', said);
  }
  return { code: required(query, 'code'), state: required(query, 'state') };
}

/**
 * Finishes a sign-in: exchanges the callback's code, and verifies that the tokens answer this attempt.
 *
 * @param client the app client
 * @param attempt this browser's, unsealed from its cookie
 * @param callback from `readCallback`
 * @param onExchanged is called when the code is used up, before the tokens are verified
 * @returns the three tokens, verified
 * @throws CognitoError `attempt_unknown`, `sign_in_too_old`, or as `exchangeCode` and `verifyNewTokens`
 */
export async function finishSignIn(
  client: AppClient,
  attempt: Attempt,
  callback: Callback,
  onExchanged: () => void = () => {},
): Promise<TokenSet> {
  if (callback.state !== attempt.state) throw new CognitoError('attempt_unknown', 'state');
  // A code works once: without keys its tokens could not be verified, and would be lost.
  if (!client.keys.current()) await client.keys.refetch();
  const { code } = callback;
  const tokens = await exchangeCode(client, { code, codeVerifier: attempt.codeVerifier });
  onExchanged();
  const { id } = await verifyNewTokens(client, tokens);
  if (id.nonce !== attempt.nonce) throw new CognitoError('token_invalid', 'nonce');
  // A client that asks for `max_age` checks `auth_time` (OpenID Connect Core, section 3.1.2.1).
  const age = typeof id.auth_time === 'number' ? id.iat - id.auth_time : Number.POSITIVE_INFINITY;
  if (attempt.maxAge !== undefined && age > attempt.maxAge)
    throw new CognitoError('sign_in_too_old');
  return tokens;
}

function required(query: URLSearchParams, name: 'code' | 'state'): string {
  const value = query.get(name);
  if (!value || value.length > MAX_LENGTH[name]) throw new CognitoError('callback_malformed', name);
  return value;
}
