/**
 * Example: a test over HTTP, against the built site (run `npm run build` first). The users are in one
 * object. Copy this file to start your own.
 */
import { afterAll, expect, test } from 'vitest';
import { createJar, startLocalPool } from '../support/local-pool';
import { freePort, startServer } from '../support/site';

const port = await freePort();
const users = { alice: { groups: ['admin'] }, bob: {} };
const pool = await startLocalPool({ site: `http://localhost:${port}`, users });
const site = await startServer(port, pool.environment());
afterAll(() => Promise.all([site.close(), pool.close()]));

test('the admin page is for admins', async () => {
  const [alice, bob] = [createJar(pool.site), createJar(pool.site)];
  await pool.signInAs(alice, 'alice', { path: '/profile' });
  await pool.signInAs(bob, 'bob', { directly: true });
  expect((await alice.fetch('/admin')).status).toBe(200);
  expect((await bob.fetch('/admin')).status).toBe(403);
});

test('a user who was signed out everywhere must sign in again', async () => {
  const bob = createJar(pool.site);
  await pool.signInAs(bob, 'bob', { directly: true });
  pool.revokeAll('bob');
  const refused = await bob.fetch('/refresh', { method: 'POST' });
  const again = await bob.fetch(refused.headers.get('location') ?? '');
  expect(again.headers.get('location')).toContain(`${pool.origin}/oauth2/authorize`);
});

test('bob stays signed in while the user pool is down', async () => {
  const bob = createJar(pool.site);
  await pool.signInAs(bob, 'bob', { directly: true });
  pool.fault('/oauth2/token', { status: 503 });
  await bob.fetch('/refresh', { method: 'POST' });
  expect(pool.requests().at(-1)).toMatchObject({ path: '/oauth2/token', status: 503 });
  expect((await bob.fetch('/profile')).status).toBe(200);
  pool.fault('/oauth2/token', null);
});

test('the API accepts an access token and refuses an expired one', async () => {
  const { accessToken } = await pool.mint('alice');
  const expired = await pool.mint('alice', { access: { exp: 1 } });
  const signedOut = createJar(pool.site);
  const statusWith = async (token: string) =>
    (await signedOut.fetch('/api/me', { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await statusWith(accessToken)).toBe(200);
  expect(await statusWith(expired.accessToken)).toBe(401);
});
