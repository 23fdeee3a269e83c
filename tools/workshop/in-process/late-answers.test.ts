import { afterEach, describe, expect, test } from 'vitest';
import { comeBack } from '../../../tests/support/expired';
import { type Answer, cookieName } from '../../../tests/support/http';
import { type InProcessSite, startInProcess } from '../../../tests/support/in-process';
import { holdNextCall } from '../../../tests/support/outage';
import { createVisitor, FETCH, type Visitor } from '../../../tests/support/visitor';

let site: InProcessSite;
afterEach(() => site.close());

/** Two tabs of one browser: while the first tab waits for a slow refresh, the second one does something. */
async function besideSlowRefresh(
  firstTab: Visitor,
  secondTab: () => Promise<unknown>,
): Promise<Answer> {
  const refresh = holdNextCall();
  const slow = firstTab.open('/profile');
  await refresh.answered;
  await secondTab();
  refresh.release();
  return slow;
}

async function expectSignedOut(visitor: Visitor): Promise<void> {
  expect((await visitor.open('/api/me', FETCH)).status).toBe(401);
  expect((await visitor.open('/')).body).toContain('You are signed out.');
  expect((await visitor.open('/profile')).headers.get('location')).toContain('/oauth2/authorize?');
}

describe('a response that arrives after the sign-out', () => {
  test('does not bring the session back, although it sets its cookies', async () => {
    site = await startInProcess();
    const visitor = await comeBack(site);
    // The pool issued the new tokens before the sign-out, and revoking them fails.
    site.pool.fault('/oauth2/revoke', { status: 500 });
    const late = await besideSlowRefresh(visitor, () => visitor.post('/logout'));
    expect(late.setCookies.some((line) => line.startsWith('session'))).toBe(true);
    expect(visitor.cookieNames('session')).not.toEqual([]);
    await expectSignedOut(visitor);
  });

  test('does not bring the session back if another instance handled the sign-out', async () => {
    const cluster = await startInProcess({ instances: 2 });
    site = cluster;
    site.pool.fault('/oauth2/revoke', { status: 500 });
    const visitor = await comeBack(site);
    await besideSlowRefresh(visitor, () => visitor.post('/logout'));
    await expectSignedOut(visitor);
  });

  test('does not sign the next user in as the previous one', async () => {
    site = await startInProcess();
    site.pool.fault('/oauth2/revoke', { status: 500 });
    const visitor = await comeBack(site);
    // The response is on its way while alice signs out and bob signs in.
    const onItsWay = createVisitor(site.origin, visitor.clone().cookies);
    await onItsWay.open('/profile');
    await visitor.post('/logout');
    await visitor.signIn('bob');
    expect(JSON.parse((await visitor.open('/api/me', FETCH)).body).email).toBe('bob@example.com');
    const ofBob = visitor.cookies.get('localhost');
    for (const [name, value] of onItsWay.cookies.get('localhost') ?? []) ofBob?.set(name, value);
    await expectSignedOut(visitor);
  });

  test('does not bring back the previous user if another one has signed in without a sign-out in between', async () => {
    site = await startInProcess();
    const visitor = await comeBack(site);
    const onItsWay = createVisitor(site.origin, visitor.clone().cookies);
    await onItsWay.open('/profile');
    await visitor.signIn('bob', '/login?returnTo=/profile');
    const cookies = visitor.cookies.get('localhost');
    for (const [name, value] of onItsWay.cookies.get('localhost') ?? []) cookies?.set(name, value);
    await expectSignedOut(visitor);
  });
});

describe('a copy of the cookie from before the last refresh', () => {
  /** A browser whose expired session was just refreshed, and a copy of its cookies from before that. */
  async function refreshed(username = 'alice') {
    const visitor = await comeBack(site, { username });
    const copy = visitor.clone();
    expect((await visitor.open('/profile')).status).toBe(200);
    return { visitor, copy };
  }

  async function expectNothing(copy: Visitor): Promise<void> {
    const api = await copy.open('/api/me', FETCH);
    expect([api.status, api.setCookies.length]).toEqual([401, 0]);
    const page = await copy.open('/profile');
    expect([page.status, page.setCookies.length]).toEqual([307, 0]);
  }

  test.each<[string, Record<string, string>, (() => void) | undefined]>([
    ['signed out', {}, undefined],
    ['signed out everywhere', { everywhere: 'yes' }, undefined],
    ['was disabled, and signed out', {}, () => site.pool.disable('alice')],
    ['was signed out by an administrator, and signed out', {}, () => site.pool.revokeAll('alice')],
  ])('opens nothing once the user %s', async (_, form, before) => {
    site = await startInProcess();
    const { visitor, copy } = await refreshed();
    before?.();
    await visitor.post('/logout', form);
    await expectNothing(copy);
  });

  test('opens nothing once the user signed out everywhere on another device', async () => {
    site = await startInProcess();
    const phone = await refreshed();
    await (await comeBack(site, { ago: 10 })).post('/logout', { everywhere: 'yes' });
    await expectNothing(phone.copy);
  });

  test('opens nothing once the user signed in again in the same browser', async () => {
    site = await startInProcess();
    const { visitor, copy } = await refreshed();
    await visitor.signIn('alice', '/login?returnTo=/profile');
    await expectNothing(copy);
  });

  test('still works if the user signed out on another device only', async () => {
    site = await startInProcess();
    site.pool.changeClient({ rotation: { graceSeconds: 0, reuseRevokesFamily: true } });
    const phone = await refreshed();
    const others = [await refreshed('bob'), phone];
    await (await comeBack(site, { ago: 10 })).post('/logout');
    for (const { visitor, copy } of others) {
      expect((await copy.open('/api/me', FETCH)).status).toBe(200);
      expect((await copy.open('/profile')).status).toBe(200);
      expect((await visitor.open('/profile')).status).toBe(200);
    }
  });
});

test('a user who signs in again right after signing out is signed in', async () => {
  site = await startInProcess();
  const visitor = createVisitor(site.origin);
  for (let turn = 0; turn < 3; turn++) {
    await visitor.signIn('alice');
    expect((await visitor.open('/api/me', FETCH)).status).toBe(200);
    await visitor.post('/logout');
    await expectSignedOut(visitor);
  }
});

test('a sign-out mark that is garbage is ignored, and one in the far future is reset by the next sign-in', async () => {
  site = await startInProcess();
  const visitor = createVisitor(site.origin);
  await visitor.signIn('alice');
  const cookies = visitor.cookies.get('localhost');
  for (const garbage of ['x', '-1', '1e99', '9'.repeat(30)]) {
    cookies?.set(cookieName(site.origin, 'signed-out'), garbage);
    expect((await visitor.open('/api/me', FETCH)).status).toBe(200);
  }
  cookies?.set(cookieName(site.origin, 'signed-out'), '99999999999');
  await expectSignedOut(visitor);
  expect((await visitor.signIn('alice')).status).toBe(200);
});
