import type { CognitoConfig } from './cognito-config';

/** What a link to `/login` may pass on to the hosted UI. */
const HINTS = ['identity_provider', 'login_hint', 'lang', 'prompt'] as const;
export type Hints = Partial<Record<(typeof HINTS)[number], string>>;

/**
 * Reads them from a link's query; anything longer than 256 characters is left out.
 *
 * @param query of a request to `/login`
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
  /** S256 of the code verifier. */
  readonly codeChallenge: string;
  readonly hints?: Hints;
  /** Opens the sign-up form instead of the sign-in form. */
  readonly signUp?: boolean;
  /** Asks again who has signed in longer ago than this, in seconds. */
  readonly maxAge?: number | undefined;
}

/**
 * The address that starts a sign-in on the hosted UI.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 *
 * @param config the app client
 * @param request this attempt's state, nonce and code challenge, and what the link asked for
 * @returns an absolute URL on the hosted UI's domain
 */
export function authorizeUrl(config: CognitoConfig, request: AuthorizeRequest): string {
  // The sign-up page takes the same parameters; there is no authorize parameter for it.
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
    // `max_age` is not understood by every user pool, `prompt` by managed login only: the callback
    // checks what came of them.
    ...(request.maxAge === undefined ? {} : { max_age: String(request.maxAge), prompt: 'login' }),
    ...request.hints,
  });
}

/**
 * The address that ends the hosted UI's own session. Without it the next sign-in asks nobody for a
 * password. It ends no tokens: revoke those first.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 *
 * @param config the app client
 * @returns an absolute URL; it must be opened as a top-level navigation
 */
export function logoutUrl(config: CognitoConfig): string {
  return withQuery(`${config.domain}/logout`, {
    client_id: config.clientId,
    logout_uri: config.logoutUri,
  });
}

/** Spaces become %20: right for a URL parser and for a form parser, "+" only for the latter. */
function withQuery(url: string, parameters: Record<string, string>): string {
  return `${url}?${new URLSearchParams(parameters).toString().replaceAll('+', '%20')}`;
}
