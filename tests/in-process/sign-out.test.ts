import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cookieName, namedCookies } from '../support/cookie-name';
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
    expect(visitor.cookieNames('')).toEqual([cookieName(site.origin, 'signed-out')]);
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
      const person = createVisitor(other.origin);
      await person.signIn('alice');
      other.pool.fault('/', { status: 500 });
      expect((await person.post('/logout', { everywhere: 'yes' })).status).toBe(503);
      await person.post('/refresh', {}, { referer: `${other.origin}/profile` });
      expect((await person.open('/profile')).status).toBe(200);
    } finally {
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
