import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { comeBack } from '../support/expired';
import { cookieName, namedCookies } from '../support/http';
import { type InProcessSite, startInProcess } from '../support/in-process';
import { createVisitor, type Visitor } from '../support/visitor';

let site: InProcessSite;
let visitor: Visitor;
beforeAll(async () => {
  site = await startInProcess();
});
afterAll(() => site.close());
beforeEach(async () => {
  visitor = createVisitor(site.origin);
  await visitor.signIn('alice');
});

describe('signing in again in the same browser', () => {
  const revocations = () => site.pool.requests().filter(({ path }) => path === '/oauth2/revoke');

  test('revokes the session that it replaces, and not the new one', async () => {
    const before = visitor.clone();
    const count = revocations().length;
    await visitor.signIn('alice', '/login?returnTo=/profile');
    await vi.waitFor(() => expect(revocations().at(count)?.status).toBe(200));
    await before.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect(site.pool.requests().at(-1)).toMatchObject({ path: '/oauth2/token', status: 400 });
    await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect(site.pool.requests().at(-1)).toMatchObject({ path: '/oauth2/token', status: 200 });
  });

  test('neither waits for that nor fails because of it', async () => {
    site.pool.fault('/oauth2/revoke', { hang: true });
    expect((await visitor.signIn('alice', '/login?returnTo=/profile')).status).toBe(200);
    site.pool.fault('/oauth2/revoke', { status: 400 });
    expect((await visitor.signIn('alice', '/login?returnTo=/profile')).status).toBe(200);
    const failed = '"type":"signOut.failed","step":"revoke"';
    await vi.waitFor(() => expect(site.output()).toContain(failed));
    site.pool.fault('/oauth2/revoke', null);
  });

  test('revokes nothing if it does not succeed', async () => {
    const count = revocations().length;
    await visitor.open('/login?code=x&state=y');
    await visitor.open('/login?error=access_denied');
    await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect(site.pool.requests().at(-1)).toMatchObject({ path: '/oauth2/token', status: 200 });
    expect(revocations().length).toBe(count);
  });
});

describe('signing out', () => {
  test('revokes the tokens, clears the cookies and ends the hosted session', async () => {
    await visitor.open('/login?returnTo=/profile');
    const before = visitor.clone();
    const answer = await visitor.post('/logout');
    expect(answer.status).toBe(303);
    const url = new URL(answer.headers.get('location') ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(`${site.environment.COGNITO_DOMAIN}/logout`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: site.environment.COGNITO_CLIENT_ID,
      logout_uri: `${site.origin}/`,
    });
    // The remaining cookie makes sure that a late response can't restore the session.
    expect(visitor.cookieNames('')).toEqual([
      cookieName(site.origin, 'signed-out'),
      cookieName(site.origin, 'flash'),
    ]);
    expect(site.pool.requests().at(-1)).toMatchObject({ path: '/oauth2/revoke', status: 200 });

    const landing = await visitor.follow(url.href);
    expect(landing.url).toBe(`${site.origin}/`);
    expect(landing.body).toContain('You are signed out.');
    const next = await visitor.follow('/profile');
    expect(next.url).toContain(site.environment.COGNITO_DOMAIN);
    expect(next.body).toContain('name="password"');

    // A copy of the cookie still verifies until its tokens expire, but can never be refreshed.
    await before.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect(site.pool.requests().at(-1)).toMatchObject({ path: '/oauth2/token', status: 400 });
  });

  test('works even if the pool does not respond', async () => {
    site.pool.fault('/oauth2/revoke', { status: 500, times: 2 });
    const answer = await visitor.post('/logout');
    expect(answer.status).toBe(303);
    expect(visitor.cookieNames('session')).toEqual([]);
    expect(site.output()).toContain('"type":"signOut.failed","step":"revoke"');
  });

  test('without a session clears what is there and continues', async () => {
    const nobody = createVisitor(site.origin);
    nobody.cookies.set('localhost', namedCookies(site.origin, { session: 'garbage' }));
    const answer = await nobody.post('/logout');
    expect(answer.status).toBe(303);
    expect(nobody.cookieNames('session')).toEqual([]);
  });

  test('everywhere ends every session of the user', async () => {
    const phone = createVisitor(site.origin);
    await phone.signIn('alice');
    const answer = await visitor.post('/logout', { everywhere: 'yes' });
    expect(answer.status).toBe(303);
    const refresh = await phone.post('/refresh', {}, { referer: `${site.origin}/profile` });
    const page = await phone.open(refresh.headers.get('location') ?? '');
    expect(page.headers.get('location')).toContain('/oauth2/authorize?');
  });

  test('everywhere, from a device that was already signed out by that, just signs out', async () => {
    const phone = createVisitor(site.origin);
    await phone.signIn('alice');
    await visitor.post('/logout', { everywhere: 'yes' });
    const answer = await phone.post('/logout', { everywhere: 'yes' });
    expect(answer.status).toBe(303);
    expect(phone.cookieNames('session')).toEqual([]);
  });

  test('everywhere, failing after a rotation, keeps the new refresh token', async () => {
    const other = await startInProcess();
    try {
      other.pool.changeClient({ rotation: { graceSeconds: 0 } });
      // The tokens have expired, so the sign-out refreshes them, which uses up the refresh token.
      const person = await comeBack(other);
      other.pool.fault('/', { status: 500 });
      const answer = await person.post('/logout', { everywhere: 'yes' });
      expect([answer.status, answer.setCookies.length > 0]).toEqual([503, true]);
      expect((await person.open('/profile')).status).toBe(200);
      vi.setSystemTime(Date.now() + 3_700_000);
      expect((await person.open('/profile')).status).toBe(200);
    } finally {
      vi.useRealTimers();
      await other.close();
    }
  });

  test('everywhere, when the pool does not respond, changes nothing and says so', async () => {
    site.pool.fault('/', { status: 500, times: 1 });
    const answer = await visitor.post('/logout', { everywhere: 'yes' });
    expect(answer.status).toBe(503);
    expect(answer.body).toContain('You are still signed in');
    expect((await visitor.open('/profile')).status).toBe(200);
  });
});
