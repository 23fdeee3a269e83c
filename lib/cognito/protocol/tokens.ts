import type { AppClient } from './app-client';
import type { CognitoConfig } from './cognito-config';
import { CognitoError } from './errors';
import { isTimeOut, retryOnce } from './wire';

/** The three tokens of a session, as received from the token endpoint. */
export interface TokenSet {
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

const TIME_OUT_MS = 4000;
const TIMED_OUT = 'timed out';

/**
 * Exchanges an authorization code for the three tokens (RFC 6749, section 4.1.3). The call is never
 * repeated: if a code is used twice, the user pool may revoke its tokens (section 4.1.2).
 * https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 *
 * @param client the app client
 * @param grant the code from the callback, and the code verifier of the same attempt
 * @returns the tokens, not yet verified
 * @throws CognitoError `invalid_grant`, `client_rejected`, `sign_in_refused`, `unavailable`
 */
export async function exchangeCode(
  client: AppClient,
  grant: { code: string; codeVerifier: string },
): Promise<TokenSet> {
  const tokens = await requestTokens(client, {
    grant_type: 'authorization_code',
    code: grant.code,
    code_verifier: grant.codeVerifier,
    redirect_uri: client.config.redirectUri,
  });
  if (tokens.refreshToken) return { ...tokens, refreshToken: tokens.refreshToken };
  throw new CognitoError('unavailable', 'no refresh token in the response');
}

/**
 * Gets new tokens for a refresh token (RFC 6749, section 6).
 *
 * A failed call is repeated once, which is safe. Without rotation, or within its grace period, a
 * refresh token works any number of times. If it works only once and the response to the first call
 * got lost, the session is already lost, so a second call does no further harm.
 *
 * @param client the app client
 * @param refreshToken the session's refresh token
 * @param once don't repeat a failed call, because the endpoint is known to be down
 * @returns the tokens, not yet verified. Cognito returns a new refresh token only if rotation is
 *   on; otherwise the old one is returned
 * @throws CognitoError `invalid_grant` if the refresh token is expired, revoked or already used;
 *   `unavailable`, `client_rejected`, `sign_in_refused`
 */
export async function refreshTokens(
  client: AppClient,
  refreshToken: string,
  once = false,
): Promise<TokenSet> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const request = () => requestTokens(client, grant);
  const tokens = await retryOnce(client.wait, request, (error) => !once && isWorthRepeating(error));
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

/**
 * Revokes a refresh token, and with it every token of the same sign-in (RFC 7009).
 * https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html
 *
 * @param client the app client
 * @param refreshToken the session's refresh token
 * @throws CognitoError `unavailable`, `client_rejected`, or `sign_in_refused` if token revocation
 *   is off for the app client; an unknown token is not an error
 */
export async function revokeToken(client: AppClient, refreshToken: string): Promise<void> {
  const revoke = async () => {
    const response = await post(client, '/oauth2/revoke', { token: refreshToken });
    if (!response.ok) throw refusal(response, await jsonOf(response));
  };
  // Revoking a token twice is not an error (RFC 7009, section 2.2).
  await retryOnce(client.wait, revoke, isWorthRepeating);
}

/**
 * Ends all of the user's sessions in this user pool, on all devices.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html
 *
 * @param client the app client
 * @param accessToken a valid access token with the scope `aws.cognito.signin.user.admin`
 * @throws CognitoError `unavailable` if the call failed
 */
export async function signOutEverywhere(client: AppClient, accessToken: string): Promise<void> {
  const response = await send(client, `${client.config.api}/`, {
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.GlobalSignOut',
    },
    body: JSON.stringify({ AccessToken: accessToken }),
  });
  if (!response.ok) throw new CognitoError('unavailable', `GlobalSignOut HTTP ${response.status}`);
}

async function requestTokens(
  client: AppClient,
  grant: Record<string, string>,
): Promise<Omit<TokenSet, 'refreshToken'> & { refreshToken: string | undefined }> {
  const response = await post(client, '/oauth2/token', grant);
  const body = await jsonOf(response);
  if (!response.ok) throw refusal(response, body);
  const idToken = text(body, 'id_token');
  const accessToken = text(body, 'access_token');
  if (!idToken || !accessToken) throw new CognitoError('unavailable', 'no tokens in the response');
  return { idToken, accessToken, refreshToken: text(body, 'refresh_token') };
}

function post(client: AppClient, path: string, form: Record<string, string>): Promise<Response> {
  const authentication = clientAuthentication(client.config);
  return send(client, `${client.config.domain}${path}`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...authentication.headers },
    body: new URLSearchParams({ ...form, ...authentication.form }).toString(),
  });
}

/**
 * Authenticates the app client: with its secret in a header, or as a public client with its ID.
 *
 * @param config the app client
 * @returns the headers and form fields to add to a request
 */
export function clientAuthentication({ clientId, clientSecret }: CognitoConfig): {
  headers: Record<string, string>;
  form: Record<string, string>;
} {
  if (clientSecret === undefined) return { headers: {}, form: { client_id: clientId } };
  // RFC 6749, section 2.3.1: form-encode both first. The revocation endpoint accepts a secret only
  // here.
  const credentials = `${formEncode(clientId)}:${formEncode(clientSecret)}`;
  return { headers: { authorization: `Basic ${btoa(credentials)}` }, form: {} };
}

function formEncode(value: string): string {
  return new URLSearchParams({ '': value }).toString().slice(1);
}

async function send(
  client: AppClient,
  url: string,
  request: { headers: Record<string, string>; body: string },
): Promise<Response> {
  try {
    return await client.fetch(url, {
      method: 'POST',
      cache: 'no-store',
      // Following a redirect would send the grant to another address.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIME_OUT_MS),
      ...request,
    });
  } catch (cause) {
    throw new CognitoError('unavailable', isTimeOut(cause) ? TIMED_OUT : 'unreachable', { cause });
  }
}

/** Reads a JSON body. Returns undefined if it is truncated, HTML or empty. */
function jsonOf(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}

/** Only an OAuth error (RFC 6749, section 5.2) is a refusal. Anything else counts as an outage. */
function refusal({ status, headers }: Response, body: unknown): CognitoError {
  const error = text(body, 'error');
  if (!error || (status !== 400 && status !== 401)) {
    return new CognitoError('unavailable', `HTTP ${status}`, { retryAfter: retryAfter(headers) });
  }
  if (error === 'invalid_grant') return new CognitoError('invalid_grant');
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return new CognitoError('client_rejected', error);
  }
  const detail = /^[a-z_]{1,40}$/.test(error) ? error : `HTTP ${status}`;
  return new CognitoError('sign_in_refused', detail);
}

/** `Retry-After` in seconds (RFC 9110, section 10.2.3). Dates and values above 999 are ignored. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after') ?? '';
  return /^\d{1,3}$/.test(value) ? Number(value) : undefined;
}

/**
 * A call that failed quickly may work in a moment. After a time-out, it would double the wait, and a
 * refused call would be refused again.
 */
function isWorthRepeating(error: unknown): boolean {
  return isOutage(error) && error.detail !== TIMED_OUT;
}

/**
 * Tells whether an endpoint seems to be down. It isn't if it refuses a request with 4xx, such as
 * 429: one user may cause that, and it must not stop the calls of others.
 *
 * @param error anything that was thrown
 */
export function isOutage(error: unknown): error is CognitoError {
  if (!(error instanceof CognitoError) || error.code !== 'unavailable') return false;
  return !error.detail?.startsWith('HTTP 4');
}

function text(body: unknown, member: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value: unknown = Reflect.get(body, member);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
