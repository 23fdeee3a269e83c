import type { AppClient } from './app-client';
import type { CognitoConfig } from './cognito-config';
import { CALLBACK_ERRORS, CognitoError } from './errors';
import { authorizeUrl, type Hints } from './hosted-ui';
import { codeChallenge } from './pkce';
import { exchangeCode, type TokenSet } from './tokens';
import { verifyNewTokens } from './verify';

/** A sign-in attempt: what the callback and its tokens must match. Sealed into a cookie. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Where to go after sign-in: a path on this site, already checked. */
  readonly returnTo: string;
  /** Seconds since 1970. */
  readonly startedAt: number;
  /** The maximum age of the sign-in on the hosted UI, in seconds; undefined for no limit. */
  readonly maxAge?: number | undefined;
  /** Whether this site started it in place of an attempt that it did not recognize. */
  readonly restarted?: boolean | undefined;
}

/** A callback with exactly one code and one state. */
export interface Callback {
  readonly code: string;
  readonly state: string;
}

/** The maximum lengths. Cognito's codes are UUIDs, and it refuses a request with a state of 9,000 characters. */
const MAX_LENGTH = { code: 2048, state: 8000 };

/**
 * Builds the URL that starts a sign-in attempt, always with all three protections: state against login CSRF (RFC 9700,
 * section 4.7), nonce against a swapped ID token, PKCE against a stolen code (RFC 7636). Without a
 * nonce, Cognito would add its own for federated users.
 *
 * @param config the app client
 * @param attempt from `AttemptStore.start`; on a preview, with the state from `relayState`
 * @param link `hints` and `signUp`: passed on to the hosted UI
 * @returns the hosted UI's URL to redirect to
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

/**
 * Tells whether a request to `/login` is a callback from the hosted UI, not a request to start a
 * sign-in.
 *
 * @param query the request's query
 */
export function isCallback(query: URLSearchParams): boolean {
  return ['code', 'state', 'error'].some((name) => query.has(name));
}

/**
 * Reads a callback, the hosted UI's response to the authorization request (RFC 6749, section
 * 4.1.2).
 *
 * @param query the callback's query
 * @param issuer must equal `iss` if the callback has one (RFC 9207); Cognito doesn't send it yet
 * @returns the authorization code and the state
 * @throws CognitoError `sign_in_declined`, `sign_in_refused` or `callback_malformed`
 */
export function readCallback(query: URLSearchParams, issuer: string): Callback {
  // Two parsers could read a repeated parameter differently, so it is refused (RFC 6749, section
  // 3.1).
  for (const name of ['iss', 'error', 'code', 'state']) {
    if (query.getAll(name).length > 1) throw new CognitoError('callback_malformed', name);
  }
  const iss = query.get('iss');
  if (iss !== null && iss !== issuer) throw new CognitoError('callback_malformed', 'iss');
  const error = query.get('error');
  if (error !== null) {
    // Anyone can write a query, so only a known error code is used, and never `error_description`.
    // AWS does not specify its text: https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoint-idp-responses.html
    const said = CALLBACK_ERRORS.has(error) ? error : 'unknown';
    const declined = said === 'access_denied' || said.startsWith('user_cancelled_');
    throw new CognitoError(declined ? 'sign_in_declined' : 'sign_in_refused', said);
  }
  return { code: required(query, 'code'), state: required(query, 'state') };
}

/**
 * Finishes a sign-in: exchanges the callback's code for tokens, and verifies that the tokens belong
 * to this attempt.
 *
 * @param client the app client
 * @param attempt this browser's sign-in attempt, unsealed from its cookie
 * @param callback from `readCallback`
 * @param onExchanged called when the code has been exchanged, before the tokens are verified
 * @returns the three tokens, verified
 * @throws CognitoError `attempt_unknown`, `sign_in_too_old`, or as `exchangeCode` and
 *   `verifyNewTokens`
 */
export async function finishSignIn(
  client: AppClient,
  attempt: Attempt,
  callback: Callback,
  onExchanged: () => void = () => {},
): Promise<TokenSet> {
  if (callback.state !== attempt.state) throw new CognitoError('attempt_unknown', 'state');
  // Fetch the keys first. A code works only once: without keys, its tokens couldn't be verified and
  // would be lost.
  if (!client.keys.current()) await client.keys.refetch();
  const { code } = callback;
  const tokens = await exchangeCode(client, { code, codeVerifier: attempt.codeVerifier });
  onExchanged();
  const { id } = await verifyNewTokens(client, tokens);
  if (id.nonce !== attempt.nonce) throw new CognitoError('token_invalid', 'nonce');
  // A client that sends `max_age` must check `auth_time` (OpenID Connect Core, section 3.1.2.1).
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
