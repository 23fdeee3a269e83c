import { beforeEach, expect, test, vi } from 'vitest';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { browser, type FakePool, fakePool, mintSession } from '../cognito/support';

/** What Next and the environment provide to a page. */
const given = vi.hoisted(() => ({
  site: (): unknown => ({ ok: false, blank: true, problems: [] }),
  cookies: new Map<string, string>(),
  headers: {},
}));
vi.mock('server-only', () => ({}));
vi.mock('next/headers', () => ({
  headers: () => new Headers(given.headers),
  cookies: () => ({
    get: (name: string) => ({ value: given.cookies.get(name) ?? '' }),
    getAll: () => [...given.cookies].map(([name, value]) => ({ name, value })),
  }),
}));
vi.mock('@/lib/cognito/get-site', () => ({ getSite: () => given.site() }));

const { flowEvidence } = await import('@/app/flow/evidence');

let pool: FakePool;

beforeEach(async () => {
  pool = await fakePool();
  const { client } = pool;
  const sessions = createSessionStore(client.config, client.now);
  given.site = () => ({ ok: true, config: client.config, client, sessions });
  given.cookies = new Map();
  given.headers = { 'sec-fetch-dest': 'document' };
});

async function signIn(): Promise<void> {
  const { cookies, jar, receive } = browser();
  const written = jar();
  await createSessionStore(pool.client.config, () => pool.now).write(written, await mintSession());
  receive(written);
  given.cookies = cookies;
}

test('a signed-in user sees how their own tokens were verified for this page', async () => {
  await signIn();
  const evidence = await flowEvidence();
  expect(evidence).toMatchObject({ example: false, clientId: pool.client.config.clientId });
  const took = evidence?.checks.flatMap(({ milliseconds }) => milliseconds ?? []);
  expect(took).toHaveLength(2);
  for (const milliseconds of took ?? []) expect(milliseconds).toBeGreaterThan(0);
  expect(evidence?.request).toEqual({ method: 'GET', destination: 'document', kind: 'document' });
  expect(evidence?.cookie.pieces).toHaveLength(1);
});

test('a request from the router is shown as such', async () => {
  await signIn();
  given.headers = { 'sec-fetch-dest': 'empty', 'next-url': '/' };
  expect((await flowEvidence())?.request).toMatchObject({ destination: 'empty', kind: 'router' });
});

test('there is no evidence for a signed-out visitor', async () => {
  expect(await flowEvidence()).toBeNull();
});

test('there is no evidence for an invalid cookie, or on a site without configuration', async () => {
  await signIn();
  given.site = () => ({ ok: false, blank: true, problems: [] });
  expect(await flowEvidence()).toBeNull();
  const { client } = pool;
  const sessions = createSessionStore(client.config, client.now);
  given.site = () => ({ ok: true, config: client.config, client, sessions });
  given.cookies = new Map([...given.cookies.keys()].map((name) => [name, 'Fe26.2*1*made-up']));
  expect(await flowEvidence()).toBeNull();
});

test('there is no evidence and no error while nothing can be verified', async () => {
  await signIn();
  pool.keys = () => new Response(null, { status: 500 });
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  expect(await flowEvidence()).toBeNull();
});
