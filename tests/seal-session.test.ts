/** The test kit seals sessions as the site does: tests/support/local-pool.ts. */

import { expect, test } from 'vitest';
import { cookieName } from './support/http';
import { createJar, startLocalPool } from './support/local-pool';

test('sealing a session fails with an environment that the site would refuse', async () => {
  const pool = await startLocalPool({ siteEnv: { SESSION_SECRET: 'short' } });
  await expect(pool.signInAs(createJar(pool.site), 'alice', { directly: true })).rejects.toThrow(
    'Couldn’t seal a session: SESSION_SECRET must have at least 32 characters.',
  );
  await pool.close();
});

test('a session sealed directly replaces the previous session and all its chunks', async () => {
  const groups = Array.from({ length: 60 }, (_, index) => `a-group-of-a-long-name-${index}`);
  const pool = await startLocalPool({ users: { alice: { groups }, bob: {} } });
  const jar = createJar(pool.site);
  await pool.signInAs(jar, 'alice', { directly: true });
  expect(jar.cookie(pool.site)).toContain(`${cookieName(pool.site, 'session.1')}=`);
  await pool.signInAs(jar, 'bob', { directly: true });
  expect(jar.cookie(pool.site)).toContain(`${cookieName(pool.site, 'session')}=Fe26`);
  expect(jar.cookie(pool.site)).not.toContain(`${cookieName(pool.site, 'session.1')}=`);
  await pool.close();
});
