import type { CognitoConfig } from './cognito-config';

/** The parameters that a link to `/login` may pass on to the hosted UI. */
const HINTS = ['identity_provider', 'login_hint', 'lang', 'prompt'] as const;
export type Hints = Partial<Record<(typeof HINTS)[number], string>>;

/**
 * Reads the hints from a query. Values longer than 256 characters are ignored.
 *
 * @param query the query of a request to `/login`
 */
export function readHints(query: URLSearchParams): Hints {
  const hints: Hints = {};
  for (const name of HINTS) {
    const value = query.get(name);
    if (value && value.length <= 256) hints[name] = value;
  }
  return hints;
}

export interface AuthorizeRequest {
  readonly state: string;
  readonly nonce: string;
  /** The S256 hash of the code verifier. */
  readonly codeChallenge: string;
  readonly hints?: Hints;
  /** Opens the sign-up form instead of the sign-in form. */
  readonly signUp?: boolean;
  /** Makes users sign in again if their sign-in is older than this, in seconds. */
  readonly maxAge?: number | undefined;
}

/**
 * Returns the URL that starts a sign-in on the hosted UI.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 *
 * @param config the app client
 * @param request the attempt's state, nonce and code challenge, and the options of the link
 * @returns an absolute URL on the hosted UI's domain
 */
export function authorizeUrl(config: CognitoConfig, request: AuthorizeRequest): string {
  // No authorize parameter opens the sign-up form, but the sign-up page takes the same parameters.
  const path = request.signUp ? '/signup' : '/oauth2/authorize';
  return withQuery(`${config.domain}${path}`, {
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: config.redirectUri,
    scope: config.scopes,
    state: request.state,
    nonce: request.nonce,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    // Not every user pool supports `max_age`, and only managed login supports `prompt`. The
    // callback checks `auth_time`.
    ...(request.maxAge === undefined ? {} : { max_age: String(request.maxAge), prompt: 'login' }),
    ...request.hints,
  });
}

/**
 * Returns the URL that ends the hosted UI's own session. Otherwise, the next sign-in wouldn't ask
 * for a password. It doesn't revoke any tokens: revoke them first.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 *
 * @param config the app client
 * @returns an absolute URL; open it as a top-level navigation
 */
export function logoutUrl(config: CognitoConfig): string {
  return withQuery(`${config.domain}/logout`, {
    client_id: config.clientId,
    logout_uri: config.logoutUri,
  });
}

/**
 * Encodes spaces as %20, which URL parsers and form parsers both decode. Only the latter decode
 * "+".
 */
function withQuery(url: string, parameters: Record<string, string>): string {
  return `${url}?${new URLSearchParams(parameters).toString().replaceAll('+', '%20')}`;
}
