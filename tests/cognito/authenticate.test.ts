import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import {
  accessClaims,
  browser,
  type FakePool,
  fakePool,
  idClaims,
  mintSession,
  NOW,
  sign,
} from './support';

/** What a route handler gets from Next and from the environment. */
const given = vi.hoisted(() => ({
  site: (): unknown => ({ ok: false, blank: true, problems: [] }),
  cookies: (): unknown => undefined,
}));
vi.mock('server-only', () => ({}));
vi.mock('next/headers', () => ({
  cookies: () => given.cookies(),
  headers: () => new Headers({ host: 'example.com' }),
}));
vi.mock('@/lib/cognito/get-site', () => ({ getSite: () => given.site() }));

const { authenticate } = await import('@/lib/cognito/current-user');

const ORIGIN = 'https://example.com';
let pool: FakePool;

beforeEach(async () => {
  pool = await fakePool();
  const { client } = pool;
  const sessions = createSessionStore(client.config, client.now);
  given.site = () => ({ ok: true, config: client.config, client, sessions });
  given.cookies = () => ({ get: () => undefined, getAll: () => [] });
});

async function signIn(claims: Parameters<typeof mintSession>[0] = {}): Promise<void> {
  const { cookies, jar, receive } = browser();
  const written = jar();
  await createSessionStore(pool.client.config, () => pool.now).write(
    written,
    await mintSession(claims),
  );
  receive(written);
  given.cookies = () => ({
    get: (name: string) => ({ value: cookies.get(name) ?? '' }),
    getAll: () => [...cookies.keys()].map((name) => ({ name })),
  });
}

async function status(method: string, headers: Record<string, string>): Promise<number> {
  const caller = await authenticate(new Request(`${ORIGIN}/api/x`, { method, headers }));
  return caller.ok ? 200 : caller.response.status;
}

test('a route handler accepts its caller by session, and none without one', async () => {
  expect(await status('GET', {})).toBe(401);
  await signIn();
  expect(await status('GET', {})).toBe(200);
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  'a session is accepted for %s only from a page of this site, even without the middleware',
  async (method) => {
    await signIn();
    expect(await status(method, {})).toBe(403);
    expect(await status(method, { origin: 'https://evil.example' })).toBe(403);
    expect(await status(method, { 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await status(method, { origin: ORIGIN, 'sec-fetch-site': 'same-origin' })).toBe(200);
  },
);

test('a bearer token is accepted from anywhere, and takes precedence', async () => {
  const token = await sign(accessClaims(), { kid: 'key-of-access' });
  expect(await status('POST', { authorization: `Bearer ${token}` })).toBe(200);
  await signIn();
  expect(await status('GET', { authorization: 'Bearer x' })).toBe(401);
});

describe('a route handler that requires something', () => {
  type Needs = Parameters<typeof authenticate>[1];
  async function ask(needs: Needs, headers: Record<string, string> = {}) {
    const caller = await authenticate(new Request(`${ORIGIN}/api/x`, { headers }), needs);
    if (caller.ok) return { status: 200, challenge: null };
    const { status, headers: answer } = caller.response;
    return { status, challenge: answer.get('www-authenticate') };
  }
  /** Both kinds of caller, who signed in at this second. */
  async function both(needs: Needs, claims: Record<string, unknown> = {}) {
    const token = await sign({ ...accessClaims(), ...claims }, { kid: 'key-of-access' });
    const bearer = await ask(needs, { authorization: `Bearer ${token}` });
    await signIn({ id: { ...idClaims(), ...claims }, access: { ...accessClaims(), ...claims } });
    expect(await ask(needs)).toEqual(bearer);
    return bearer;
  }
  const OK = { status: 200, challenge: null };
  const NO_SCOPE = 'Bearer error="insufficient_scope"';

  test('a group: by session and by bearer token, only its members', async () => {
    expect(await both({ group: 'admin' })).toEqual(OK);
    expect(await both({ group: 'Admin' })).toEqual({ status: 403, challenge: NO_SCOPE });
    const none = { 'cognito:groups': undefined };
    expect(await both({ group: 'admin' }, none)).toEqual({ status: 403, challenge: NO_SCOPE });
    const text = { 'cognito:groups': 'admin' };
    expect(await both({ group: 'admin' }, text)).toEqual({ status: 403, challenge: NO_SCOPE });
  });

  test('a scope: the access token must have it, and each one of several', async () => {
    expect(await both({ scope: 'email' })).toEqual(OK);
    expect(await both({ scope: 'email phone' })).toEqual(OK);
    for (const scope of ['orders/read', 'emai', 'email orders/read', 'email phon']) {
      const challenge = `${NO_SCOPE}, scope="${scope}"`;
      expect(await both({ scope })).toEqual({ status: 403, challenge });
    }
    expect((await both({ scope: 'email' }, { scope: undefined })).status).toBe(403);
  });

  test('a recent sign-in: not a recent refresh, and not one of unknown age', async () => {
    const challenge = 'Bearer error="insufficient_user_authentication", max_age="300"';
    expect(await both({ maxAge: 300 })).toEqual(OK);
    for (const time of [NOW - 301, undefined, 'now']) {
      expect(await both({ maxAge: 300 }, { auth_time: time })).toEqual({ status: 401, challenge });
    }
  });

  test('an invalid bearer token is a 401, whatever is required', async () => {
    await signIn();
    const { status, challenge } = await ask({ group: 'admin' }, { authorization: 'Bearer x' });
    expect([status, challenge]).toEqual([401, 'Bearer error="invalid_token"']);
  });
});

test('without keys every caller gets a 503, and is not signed out', async () => {
  await signIn();
  pool.keys = () => new Response(null, { status: 503 });
  expect(await status('GET', {})).toBe(503);
});

test('a site that is not configured lets no one in', async () => {
  given.site = () => ({ ok: false, blank: true, problems: [] });
  expect(await status('GET', {})).toBe(503);
});
