import { createHash } from 'node:crypto';
import { appClient } from '../src/app-client';
import { createPoolKeys, type PoolKeys } from '../src/keys';
import { createLocalPool, type LocalPool } from '../src/pool';
import type { AppClient, LocalPoolSettings } from '../src/settings';
import { testUsers } from '../src/testing/test-seeds';

export const DOMAIN = 'http://127.0.0.1:4801';
export const REDIRECT_URI = 'http://localhost:3000/login';
export const LOGOUT_URI = 'http://localhost:3000/';
export const START = 1_790_000_000;
export const VERIFIER = 'a-verifier-of-more-than-forty-three-characters-0123456789';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

const urls = { redirectUris: [REDIRECT_URI], logoutUris: [LOGOUT_URI] };
export const CONFIDENTIAL = appClient({
  clientId: 'confidential',
  clientSecret: 'a secret+with:odd%characters',
  ...urls,
});
export const PUBLIC = appClient({ clientId: 'public', ...urls });
export const FOREIGN = appClient({ clientId: 'foreign', clientSecret: 'other', ...urls });

let sharedKeys: Promise<PoolKeys> | undefined;

/** Starts a pool whose clock stands still. All of these pools share one set of keys. */
export async function startPool(given: Partial<LocalPoolSettings> = {}): Promise<LocalPool> {
  sharedKeys ??= createPoolKeys();
  return await createLocalPool({
    domain: DOMAIN,
    clients: [CONFIDENTIAL, PUBLIC, FOREIGN],
    users: testUsers(),
    now: () => START,
    keys: await sharedKeys,
    ...given,
  });
}

/** Starts a pool whose confidential client differs from Cognito's defaults. */
export async function startPoolWith(client: Partial<AppClient>): Promise<LocalPool> {
  return await startPool({ clients: [{ ...CONFIDENTIAL, ...client }, FOREIGN] });
}

export function authorizeParams(more: Record<string, string | null> = {}): URLSearchParams {
  const params = new URLSearchParams({
    response_type: 'code',
    client_id: CONFIDENTIAL.clientId,
    redirect_uri: REDIRECT_URI,
    state: 'the-state',
  });
  for (const [name, value] of Object.entries(more)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  return params;
}

export async function get(
  pool: LocalPool,
  path: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await pool.fetch(new Request(`${DOMAIN}${path}`, { headers, redirect: 'manual' }));
}

export async function post(
  pool: LocalPool,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = new URLSearchParams(form);
  return await pool.fetch(new Request(`${DOMAIN}${path}`, { method: 'POST', headers, body }));
}

export async function authorize(
  pool: LocalPool,
  more: Record<string, string | null> = {},
  cookie = '',
): Promise<Response> {
  return await get(pool, `/oauth2/authorize?${authorizeParams(more)}`, { cookie });
}

/** The value of a cookie that a response sets; the last one if there are several. */
export function setCookie(response: Response, name: string): string | undefined {
  const pairs = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return pairs.findLast((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

export function location(response: Response): URL {
  return new URL(response.headers.get('location') ?? 'missing:');
}

export interface SignedIn {
  response: Response;
  code: string;
  /** The hosted UI session, as a Cookie header. */
  cookie: string;
}

/** Signs in through the page, as a browser would. */
export async function signIn(
  pool: LocalPool,
  more: Record<string, string | null> = {},
  who = { username: 'alice', password: 'Alice-password-1' },
): Promise<SignedIn> {
  const path = `/login?${authorizeParams(more)}`;
  const xsrf = setCookie(await get(pool, path), 'XSRF-TOKEN') ?? '';
  const form = { _csrf: xsrf, ...who, cognitoAsfData: '', signInSubmitButton: 'Sign in' };
  const response = await post(pool, path, form, { cookie: `XSRF-TOKEN=${xsrf}` });
  const code = response.headers.has('location') ? location(response).searchParams.get('code') : '';
  return { response, code: code ?? '', cookie: `cognito=${setCookie(response, 'cognito')}` };
}

export function basic(client: AppClient): Record<string, string> {
  const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
  const pair = `${encode(client.clientId)}:${encode(client.clientSecret ?? '')}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

export interface Tokens {
  id_token: string;
  access_token: string;
  refresh_token: string;
  expires_in: number;
  token_type: string;
}

/** The tokens of a response; a missing member is an empty string. */
export async function tokensOf(response: Response): Promise<Tokens> {
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  const members = new Map(Object.entries(Object(body)));
  const text = (name: string) => String(members.get(name) ?? '');
  return {
    id_token: text('id_token'),
    access_token: text('access_token'),
    refresh_token: text('refresh_token'),
    expires_in: Number(members.get('expires_in')),
    token_type: text('token_type'),
  };
}

export async function redeem(
  pool: LocalPool,
  code: string,
  more: Record<string, string> = {},
  headers: Record<string, string> = basic(CONFIDENTIAL),
): Promise<Response> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...more };
  return await post(pool, '/oauth2/token', form, headers);
}

export async function refresh(
  pool: LocalPool,
  refreshToken: string,
  headers: Record<string, string> = basic(CONFIDENTIAL),
): Promise<Response> {
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return await post(pool, '/oauth2/token', form, headers);
}

export async function revoke(
  pool: LocalPool,
  token: string,
  headers: Record<string, string> = basic(CONFIDENTIAL),
): Promise<Response> {
  return await post(pool, '/oauth2/revoke', { token }, headers);
}

/** A complete sign-in, including the token request. */
export async function signInForTokens(
  pool: LocalPool,
  more: Record<string, string | null> = {},
  who = { username: 'alice', password: 'Alice-password-1' },
): Promise<Tokens> {
  const { code } = await signIn(pool, more, who);
  return await tokensOf(await redeem(pool, code));
}

export const BOB = { username: 'bob', password: 'Bob-password-1' };

/** A decoded part of a JWT, before any parsing. */
export function rawPart(token: string, index: 0 | 1): string {
  return Buffer.from(token.split('.')[index] ?? '', 'base64url').toString('utf8');
}

export function claimsOf(token: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(Object(JSON.parse(rawPart(token, 1)))));
}
