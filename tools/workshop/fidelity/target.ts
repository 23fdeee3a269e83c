import { createHash } from 'node:crypto';
import type { LocalPool } from '@/lib/local-pool/src/pool';
import { type CookieJar, createJar } from '@/lib/local-pool/src/testing';
import type { Trait } from './behavior';
import { type PageSignIn, signInByForm } from './page-sign-in';
import { basicHeader, type Tokens, tokensIn } from './wire';

/** A user pool with one app client and one user: all that is needed to observe it from outside. */
export interface TargetSettings {
  /** Origin of pages and OAuth endpoints. */
  readonly domain: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  /** A registered callback URL. No server is needed there: codes are read from the `Location` header. */
  readonly redirectUri: string;
  /** A registered sign-out URL. */
  readonly logoutUri: string;
  /** All scopes of the app client. */
  readonly scopes: readonly string[];
  readonly username: string;
  readonly password: string;
  readonly traits: ReadonlySet<Trait>;
  /** The controls of the local pool; undefined for a real one. */
  readonly control?: LocalPool | undefined;
  readonly fetch: (request: Request) => Promise<Response>;
  /** How to fill in the pages; by default, by posting the forms. */
  readonly signInByPages?: PageSignIn | undefined;
}

/** Parameters to change; null removes one. */
export type Changes = Readonly<Record<string, string | null>>;

/** A target with its requests. Redirects are not followed. */
export interface Target extends TargetSettings {
  /** The cookies of the hosted UI, after the sign-in. */
  readonly jar: CookieJar;
  /** GET on the domain, without cookies unless passed in `headers`. */
  get(pathAndQuery: string, headers?: Record<string, string>): Promise<Response>;
  /** GET under the issuer. */
  issuerGet(path: string): Promise<Response>;
  /** A form POST on the domain. */
  post(path: string, form: Changes, headers?: Record<string, string>): Promise<Response>;
  /** The parameters of a valid authorization request, with changes. */
  authorizeQuery(changes?: Changes): URLSearchParams;
  /** GET /oauth2/authorize without a hosted session. */
  authorize(changes?: Changes): Promise<Response>;
  /** The same in the browser that has signed in; the first call signs in. */
  authorizeAgain(changes?: Changes): Promise<Response>;
  /** A new code for each call. The changes do not affect the sign-in, which always uses a plain request. */
  code(changes?: Changes): Promise<string>;
  /** A request to the token endpoint with the client's usual authentication. */
  token(form: Changes, headers?: Record<string, string>): Promise<Response>;
  redeem(code: string, changes?: Changes): Promise<Response>;
  refresh(refreshToken: string, changes?: Changes): Promise<Response>;
  revoke(token: string): Promise<Response>;
  /** Tokens with all scopes, for rows that only read; the same for each call. */
  tokens(): Promise<Tokens>;
  /** New tokens, for rows that revoke or change them. */
  freshTokens(changes?: Changes): Promise<Tokens>;
  userInfo(accessToken: string): Promise<Response>;
  /** Revokes every refresh token that was issued, so that nothing is left on the pool. */
  leaveNothing(): Promise<void>;
}

/** RFC 7636, 4.1: 43 characters or more. */
export const VERIFIER = 'a-code-verifier-that-is-long-enough-for-rfc-7636';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
export const STATE = 'the-state';

/**
 * Creates a target from its settings. It sends no request by itself.
 *
 * @param settings the user pool, the app client and the user
 */
export function openTarget(settings: TargetSettings): Target {
  const { domain, clientId, clientSecret, redirectUri } = settings;
  const jar = createJar(domain);
  const authentication: Record<string, string> =
    clientSecret === undefined ? {} : basicHeader(clientId, clientSecret);
  const identification: Changes = clientSecret === undefined ? { client_id: clientId } : {};
  const issued: string[] = [];
  let signedIn: Promise<string> | undefined;
  let shared: Promise<Tokens> | undefined;

  const send = (url: string, init: RequestInit = {}) =>
    settings.fetch(new Request(url, { redirect: 'manual', ...init }));

  const target: Target = {
    ...settings,
    jar,
    get: (pathAndQuery, headers = {}) => send(`${domain}${pathAndQuery}`, { headers }),
    issuerGet: (path) => send(`${settings.issuer}${path}`),
    post: (path, form, headers = {}) => {
      return send(`${domain}${path}`, { method: 'POST', headers, body: changed({}, form) });
    },
    authorizeQuery: (changes = {}) => {
      return changed(
        {
          response_type: 'code',
          client_id: clientId,
          redirect_uri: redirectUri,
          scope: settings.scopes.join(' '),
          state: STATE,
        },
        changes,
      );
    },
    authorize: (changes) => target.get(`/oauth2/authorize?${target.authorizeQuery(changes)}`),
    async authorizeAgain(changes) {
      signedIn ??= (settings.signInByPages ?? signInByForm)(target, {});
      await signedIn;
      const path = `/oauth2/authorize?${target.authorizeQuery(changes)}`;
      return await target.get(path, { cookie: jar.cookie(domain) });
    },
    code: async (changes) => codeIn(await target.authorizeAgain(changes)),
    async token(form, headers = authentication) {
      const sent = { ...identification, ...form };
      const response = await target.post('/oauth2/token', sent, headers);
      const [, token] = /"refresh_token":"([^"]+)"/.exec(await response.clone().text()) ?? [];
      if (token !== undefined) issued.push(token);
      return response;
    },
    redeem: (code, changes = {}) => {
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
      return target.token({ ...form, ...changes });
    },
    refresh: (refreshToken, changes = {}) => {
      return target.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...changes });
    },
    revoke: (token) => target.post('/oauth2/revoke', { ...identification, token }, authentication),
    async tokens() {
      shared ??= target.freshTokens();
      return await shared;
    },
    async freshTokens(changes) {
      return await tokensIn(await target.redeem(await target.code(changes)));
    },
    async leaveNothing() {
      for (const token of issued.splice(0)) await target.revoke(token).catch(() => {});
    },
    userInfo: (accessToken) => {
      return target.get('/oauth2/userInfo', { authorization: `Bearer ${accessToken}` });
    },
  };
  return target;
}

/** The code in a redirect to the callback. Throws an error without any code in its message. */
export function codeIn(response: Response): string {
  const location = response.headers.get('location') ?? '';
  const code = URL.canParse(location) ? new URL(location).searchParams.get('code') : null;
  if (code === null)
    throw new Error(`There is no code in the response: ${response.status}, not at the callback.`);
  return code;
}

function changed(usual: Record<string, string>, changes: Changes): URLSearchParams {
  const params = new URLSearchParams(usual);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  return params;
}
