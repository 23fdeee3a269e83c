import { afterAll, expect, test } from 'vitest';
import { startInProcess } from '../support/in-process';
import { createJar } from '../support/local-pool';

const users = { alice: { groups: ['admin'] }, bob: {} };
const site = await startInProcess({ users, env: { SESSION_IDLE: '10m' } });
const pool = site.kit;
afterAll(() => site.close());

async function me(jar: ReturnType<typeof createJar>): Promise<string> {
  return await (await jar.fetch('/api/me')).text();
}

test.each([{ directly: true }, { directly: false }, { path: '/profile' }])(
  'with %o the second user to sign in replaces the first',
  async (how) => {
    const jar = createJar(pool.site);
    await pool.signInAs(jar, 'alice', how);
    expect(await me(jar)).toContain('alice@example.com');
    await pool.signInAs(jar, 'bob', how);
    expect(await me(jar)).toContain('bob@example.com');
  },
);

test('a session that was sealed directly works like any other: it is refreshed, ends at sign-out, and starts again', async () => {
  const jar = createJar(pool.site);
  await pool.signInAs(jar, 'alice', { directly: true });
  pool.pool.addToGroup('alice', 'late');
  await jar.fetch('/refresh', { method: 'POST' });
  expect(await me(jar)).toContain('late');
  await jar.fetch('/logout', { method: 'POST' });
  expect((await jar.fetch('/api/me')).status).toBe(401);
  await pool.signInAs(jar, 'alice', { directly: true });
  expect((await jar.fetch('/api/me')).status).toBe(200);
});

test('a wrong password is an error that says where the sign-in ended, without the password', async () => {
  const failed = pool.signInAs(createJar(pool.site), 'bob', { password: 'no such secret' });
  await expect(failed).rejects.toThrow(
    `"bob" is not signed in: ${pool.origin}/login returned 200.`,
  );
});

test('a user pool that is down is an error of the sign-in, not a hang', async () => {
  pool.fault('/oauth2/authorize', { status: 503, times: 1 });
  await expect(pool.signInAs(createJar(pool.site), 'bob')).rejects.toThrow(
    `No sign-in form: ${pool.origin}/oauth2/authorize returned 503.`,
  );
});
