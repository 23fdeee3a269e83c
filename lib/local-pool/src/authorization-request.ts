import { onDomain } from './http';
import type { AppClient } from './settings';
import type { PoolState } from './state';

/** A valid authorization request, which can be granted once a user has signed in. */
export interface AuthorizationRequest {
  client: AppClient;
  responseType: 'code' | 'token';
  redirectUri: string;
  scopes: readonly string[];
  state?: string | undefined;
  nonce?: string | undefined;
  codeChallenge?: string | undefined;
  resource?: string | undefined;
  prompts: readonly string[];
}

export type CheckedRequest =
  | { kind: 'granted'; request: AuthorizationRequest }
  | { kind: 'refused'; location: string };

/**
 * Checks the parameters in Cognito's order (facts, section 2). An invalid client or redirect URI is
 * reported on the pool's own domain; every later error goes to the callback URL.
 *
 * @param pool the pool
 * @param query the query of /oauth2/authorize, or of /login, which performs the same checks
 * @returns the request, or the URL to redirect to
 */
export function checkAuthorization(pool: PoolState, query: URLSearchParams): CheckedRequest {
  const clientId = query.get('client_id') ?? '';
  const redirectUri = query.get('redirect_uri') ?? '';
  if (clientId === '' || redirectUri === '') {
    return toErrorPage(pool, { error: 'Required parameters missing' });
  }
  const client = pool.clients.get(clientId);
  if (!client || client.identityProviders.length === 0) {
    return toErrorPage(pool, { error: 'invalid_request', client_id: clientId });
  }
  // Compared byte for byte, without parsing: no other port, no prefix, no extra slash.
  if (!client.redirectUris.includes(redirectUri)) {
    return toErrorPage(pool, { error: 'redirect_mismatch', client_id: clientId });
  }

  const state = query.get('state') ?? undefined;
  const refuse = (error: string): CheckedRequest => ({
    kind: 'refused',
    location: toCallback(redirectUri, { error, state }),
  });
  const responseType = query.get('response_type');
  if (responseType !== 'code' && responseType !== 'token') return refuse('invalid_request');
  const allowed = responseType === 'code' ? client.codeFlow : client.implicitFlow;
  if (!allowed) return refuse('unauthorized_client');

  const codeChallenge = query.get('code_challenge') ?? undefined;
  if (!isPkceAllowed(codeChallenge, query.get('code_challenge_method'))) {
    return refuse('invalid_request');
  }
  const resource = query.get('resource') ?? undefined;
  if (!isResourceAllowed(query.getAll('resource'))) return refuse('invalid_request');
  const scopes = grantedScopes(client, query.get('scope') ?? '');
  if (scopes === null) return refuse('invalid_scope');

  const nonce = query.get('nonce') ?? undefined;
  const prompts = words(query.get('prompt') ?? '');
  return {
    kind: 'granted',
    request: {
      client,
      responseType,
      redirectUri,
      scopes,
      state,
      nonce,
      codeChallenge,
      resource,
      prompts,
    },
  };
}

/**
 * Appends the result to the callback URL, which is otherwise left as registered.
 *
 * @param redirectUri the callback URL as registered
 * @param answer `code` or `error`, and the state if there was one
 */
export function toCallback(
  redirectUri: string,
  answer: { code?: string; error?: string; error_description?: string; state?: string | undefined },
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(answer)) {
    if (value !== undefined) query.set(name, value);
  }
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`;
}

function toErrorPage(pool: PoolState, query: Record<string, string>): CheckedRequest {
  return { kind: 'refused', location: onDomain(pool, '/error', query) };
}

/** PKCE is optional for every client, and only S256 is supported (facts, section 2). */
function isPkceAllowed(challenge: string | undefined, method: string | null): boolean {
  if (challenge === undefined && method === null) return true;
  // An S256 challenge is 43 characters of base64url (RFC 7636, 4.2).
  return challenge !== undefined && /^[\w-]{43}$/.test(challenge) && method === 'S256';
}

/** RFC 8707, at most one: https, http on localhost, or a custom scheme (facts, section 2). */
function isResourceAllowed(resources: readonly string[]): boolean {
  const [resource] = resources;
  if (resource === undefined) return true;
  if (resources.length > 1 || !URL.canParse(resource)) return false;
  const url = new URL(resource);
  return url.protocol !== 'http:' || url.hostname === 'localhost';
}

/**
 * No `scope` means all scopes of the client. A scope that the client doesn't have, or one of
 * `email`, `phone` and `profile` without `openid`, is an error: null.
 */
function grantedScopes(client: AppClient, asked: string): readonly string[] | null {
  const scopes = [...new Set(words(asked))];
  if (scopes.length === 0) return client.scopes;
  if (scopes.some((scope) => !client.scopes.includes(scope))) return null;
  const needsOpenid = scopes.some((scope) => ['email', 'phone', 'profile'].includes(scope));
  return needsOpenid && !scopes.includes('openid') ? null : scopes;
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
