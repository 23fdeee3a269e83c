import { beforeEach, expect, test, vi } from 'vitest';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { accessClaims, browser, type FakePool, fakePool, mintSession, sign } from './support';

/** What a route handler gets from Next and from the environment. */
const given = vi.hoisted(() => ({
  site: (): unknown => ({ ok: false, blank: true, problems: [] }),
  cookies: (): unknown => undefined,
}));
vi.mock('server-only', () => ({}));
vi.mock('next/headers', () => ({
  cookies: () => given.cookies(),
  headers: () => new Headers(),
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

async function signIn(): Promise<void> {
  const { cookies, jar, receive } = browser();
  const written = jar();
  await createSessionStore(pool.client.config, () => pool.now).write(written, await mintSession());
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

test('without keys every caller gets a 503, and is not signed out', async () => {
  await signIn();
  pool.keys = () => new Response(null, { status: 503 });
  expect(await status('GET', {})).toBe(503);
});

test('a site that is not configured lets no one in', async () => {
  given.site = () => ({ ok: false, blank: true, problems: [] });
  expect(await status('GET', {})).toBe(503);
});
