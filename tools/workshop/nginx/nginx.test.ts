/** `npm run --prefix tools/workshop test:nginx`: the built site behind a real nginx, which must be installed. */
import { afterEach, expect, test } from 'vitest';
import { randomToken } from '@/lib/cognito/protocol/pkce';
import { comeBack } from '../../../tests/support/expired';
import type { RunningSite } from '../../../tests/support/site';
import { createVisitor } from '../../../tests/support/visitor';
import { documentedLines, startSiteBehindNginx } from '../support/nginx';

let site: RunningSite;
afterEach(() => site.close());

/** As many groups as Cognito allows, with names that don't compress. */
function joinManyGroups(): void {
  for (let i = 0; i < 100; i++) site.pool.addToGroup('alice', randomToken(12));
}

test('with the settings from docs/deploy.md, a member of 100 groups signs in, opens a page, refreshes and signs out', async () => {
  site = await startSiteBehindNginx(documentedLines());
  joinManyGroups();
  const alice = createVisitor(site.origin);
  // The cookies of unfinished sign-in attempts add to the size of the header.
  for (let i = 0; i < 5; i++) await alice.open('/profile');
  const page = await alice.signIn('alice');
  expect([page.status, page.url]).toEqual([200, `${site.origin}/profile`]);
  await alice.post('/refresh', {}, { referer: `${site.origin}/profile` });
  expect((await alice.open('/api/me')).status).toBe(200);
  expect((await alice.post('/logout')).status).toBe(303);
  expect(alice.cookieNames('session')).toEqual([]);
});

test('without these lines requests pass, but the response that sets a session is a 502', async () => {
  site = await startSiteBehindNginx('');
  expect((await createVisitor(site.origin).signIn('alice')).status).toBe(502);
  joinManyGroups();
  const alice = await comeBack(site, { ago: 10 });
  expect(alice.cookieNames('session').length).toBe(2);
  expect((await alice.open('/profile')).status).toBe(200);
});
