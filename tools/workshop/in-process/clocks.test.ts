import { afterEach, expect, test } from 'vitest';
import { comeBack } from '../../../tests/support/expired';
import { type InProcessSite, startInProcess } from '../../../tests/support/in-process';
import { createVisitor, FETCH } from '../../../tests/support/visitor';

let site: InProcessSite;
afterEach(() => site.close());

const refreshes = () =>
  site.pool.requests().filter((request) => request.grantType === 'refresh_token').length;

test.each([
  ['four minutes and fifty seconds behind', 290],
  ['four minutes and fifty seconds ahead', -290],
])('a site whose clock is %s works', async (_, seconds) => {
  site = await startInProcess();
  site.pool.advance(seconds);
  // The shortest lifetime that Cognito allows: by the site's own clock, these tokens would be expired or not yet
  // valid.
  site.pool.setLifetimes({ access: 300, id: 300 });
  const visitor = createVisitor(site.origin);
  const page = await visitor.signIn('alice');
  expect([page.status, page.url]).toEqual([200, `${site.origin}/profile`]);
  expect((await visitor.open('/api/me', FETCH)).status).toBe(200);
  expect((await visitor.open('/profile')).setCookies).toEqual([]);
  expect(refreshes()).toBe(0);
  await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
  expect((await visitor.open('/profile')).status).toBe(200);
  expect(refreshes()).toBe(1);
});

test.each([
  ['behind', 420],
  ['ahead', -420],
])('a site whose clock is seven minutes %s says so, once and clearly', async (where, seconds) => {
  site = await startInProcess();
  site.pool.advance(seconds);
  const visitor = createVisitor(site.origin);
  const page = await visitor.signIn('alice');
  expect(page.status).toBe(503);
  expect(page.body).toContain('This site’s clock is wrong');
  expect(new URL(page.url).pathname).toBe('/login');
  expect(visitor.cookieNames('session')).toEqual([]);
  expect(site.output()).toMatch(new RegExp(`server is 4[12]\\d s ${where}`));
});

test('a clock that goes wrong during a session does not end it: it works again when the clock is right', async () => {
  site = await startInProcess();
  const visitor = await comeBack(site);
  site.pool.advance(420);
  const page = await visitor.open('/profile');
  expect([page.status, page.setCookies]).toEqual([503, []]);
  expect(page.body).toContain('This site’s clock is wrong');
  expect((await visitor.open('/api/me', FETCH)).status).toBe(503);
  site.pool.advance(-420);
  expect((await visitor.open('/profile')).status).toBe(200);
});
