/** A session on the built site, from sign-in to sign-out. `tests/in-process` has the failure cases. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { comeBack } from '../support/expired';
import { cookieName } from '../support/http';
import { type ClosablePort, openClosablePort } from '../support/outage';
import { type RunningSite, startSite } from '../support/site';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '../support/visitor';

/** The failure message if the front page doesn't use `<PageShell>`. */
const SHELL =
  'This test expects the text of <PageShell>, which shows who is signed in. If your front page doesn’t use it, open another public page here that does.';

let port: ClosablePort;
let site: RunningSite;
beforeAll(async () => {
  // The site reaches its pool through a port that this test can close.
  port = await openClosablePort(() => Number(new URL(site.pool.settings.domain).port));
  const issuer = `${port.origin}/us-east-1_LocalPool`;
  site = await startSite({ pool: { issuer }, env: { COGNITO_DOMAIN: port.origin } });
});
afterAll(() => Promise.all([site?.close(), port?.shut()]));
afterEach(async () => {
  site.pool.fault('/oauth2/token', null);
  await port.open();
});

const claims = async (visitor: Visitor) => JSON.parse((await visitor.open('/api/me', FETCH)).body);
const grants = (type: string) =>
  site.pool.requests().filter(({ grantType }) => grantType === type).length;
const keyFetches = () =>
  site.pool.requests().filter(({ path }) => path.endsWith('/jwks.json')).length;

test('a sign-in ends on the requested page, and the code works once', async () => {
  const visitor = createVisitor(site.origin);
  const callback = await visitor.reachCallback('alice', '/profile?from=a%20link');
  const page = await visitor.follow(callback);
  expect([page.status, page.url]).toEqual([200, `${site.origin}/profile?from=a%20link`]);
  expect(page.body).toContain('alice@example.com');
  // Once by the middleware, and once by pages and routes, which share their keys. Hosts may run more processes.
  expect(keyFetches()).toBeLessThanOrEqual(Number(process.env.SITE_PROCESSES ?? 2));
  const before = grants('authorization_code');
  expect((await visitor.open(callback)).status).toBe(303);
  expect((await createVisitor(site.origin).open(callback)).status).toBe(400);
  expect(grants('authorization_code')).toBe(before);
  for (const secret of ['eyJ', new URL(callback).searchParams.get('code') ?? '']) {
    expect(site.output()).not.toContain(secret);
  }
});

test('HEAD does not use the code, and a callback with a trailing slash is not redirected', async () => {
  const visitor = createVisitor(site.origin);
  const callback = await visitor.reachCallback('alice');
  expect((await visitor.head(callback)).status).toBe(200);
  expect((await visitor.follow(callback.replace('/login?', '/login/?'))).status).toBe(200);
});

test('expired tokens are refreshed during the request, and its page or route sees the new ones', async () => {
  const before = grants('refresh_token');
  const visitor = await comeBack(site);
  const old = new Map(visitor.cookies.get('localhost'));
  const page = await visitor.open('/profile');
  expect(page.status).toBe(200);
  expect(page.body).toMatch(/59 minutes|60 minutes|1 hour/);
  expect(page.headers.get('cache-control')).toBe('private, no-store');
  expect(visitor.cookies.get('localhost')).not.toEqual(old);
  expect((await claims(visitor)).exp).toBeGreaterThan(Date.now() / 1000 + 3000);
  expect((await claims(await comeBack(site))).exp).toBeGreaterThan(Date.now() / 1000 + 3000);
  expect(grants('refresh_token') - before).toBe(2);
});

test('many parallel requests with one expired session make one refresh call, with rotation too', async () => {
  site.pool.changeClient({ rotation: { graceSeconds: 0 } });
  const before = grants('refresh_token');
  const visitor = await comeBack(site);
  const answers = await Promise.all([
    ...Array.from({ length: 20 }, () => visitor.clone().open('/api/me', FETCH)),
    ...Array.from({ length: 15 }, () => visitor.clone().open('/profile', DOCUMENT)),
    ...Array.from({ length: 15 }, () =>
      visitor.clone().open('/profile', { ...FETCH, 'next-url': '/' }),
    ),
  ]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(grants('refresh_token') - before).toBe(1);
  site.pool.changeClient({ rotation: undefined });
});

describe('a user pool that', () => {
  test.each<[string, () => unknown]>([
    ['refuses connections', () => port.shut()],
    ['hangs', () => site.pool.fault('/oauth2/token', { hang: true })],
  ])('%s does not end sessions, and only the first request waits for it', async (_, breakDown) => {
    const visitor = await comeBack(site);
    await breakDown();
    const page = await visitor.open('/profile');
    expect([page.status, page.setCookies]).toEqual([503, []]);
    expect(page.body).toContain('You have not been signed out');
    expect(page.headers.get('retry-after')).toMatch(/^\d+$/);
    const landing = await visitor.open('/');
    expect([landing.status, landing.setCookies]).toEqual([200, []]);
    expect(landing.body, SHELL).toContain('can’t tell right now');
    const started = performance.now();
    const api = await visitor.open('/api/me', FETCH);
    expect([api.status, JSON.parse(api.body)]).toEqual([503, { error: 'temporarily_unavailable' }]);
    expect(performance.now() - started).toBeLessThan(3000);
    site.pool.fault('/oauth2/token', null);
    await port.open();
    expect((await visitor.open('/profile')).status).toBe(200);
  });
});

test('a revoked session leads to sign-in, after one more request for the same page', async () => {
  const visitor = await comeBack(site);
  site.pool.revokeAll('alice');
  const again = await visitor.open('/profile?x=1');
  expect(again.headers.get('location')).toMatch(/\/profile\?x=1&session-again=/);
  const answer = await visitor.open(again.headers.get('location') ?? '');
  expect(answer.headers.get('location')).toContain('/oauth2/authorize?');
  expect([...again.setCookies, ...answer.setCookies].join()).not.toContain('session');
  expect((await visitor.open('/')).body, SHELL).toContain('href="/login?returnTo=%2F"');
});

test('"refresh now" gets new groups, and signing out ends the session', async () => {
  const visitor = createVisitor(site.origin);
  await visitor.signIn('bob');
  site.pool.addToGroup('bob', 'admin');
  await visitor.post('/refresh', {}, { referer: `${site.origin}/admin` });
  expect((await visitor.open('/admin')).status).toBe(200);
  site.pool.removeFromGroup('bob', 'admin');
  const answer = await visitor.post('/logout');
  expect(answer.status).toBe(303);
  expect(visitor.cookieNames('')).toEqual([
    cookieName(site.origin, 'signed-out'),
    cookieName(site.origin, 'flash'),
  ]);
  expect(site.pool.requests().at(-1)).toMatchObject({ path: '/oauth2/revoke', status: 200 });
  expect((await visitor.open('/api/me', FETCH)).status).toBe(401);
});

test.each(['/logout', '/refresh'])('%s refuses a form from another site', async (path) => {
  const visitor = createVisitor(site.origin);
  await visitor.signIn('alice');
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await visitor.post(path, {}, foreign)).status).toBe(403);
  expect((await visitor.open('/profile')).status).toBe(200);
});

test('a large session works in two cookies of at most 4,096 bytes', async () => {
  const groups = Array.from({ length: 60 }, (_, index) => `${index}-${crypto.randomUUID()}`);
  for (const group of groups) site.pool.addToGroup('bob', group);
  const visitor = createVisitor(site.origin);
  const finish = await visitor.open(await visitor.reachCallback('bob'));
  for (const group of groups) site.pool.removeFromGroup('bob', group);
  expect(visitor.cookieNames('session')).toEqual(
    ['session.0', 'session.1'].map((name) => cookieName(site.origin, name)),
  );
  for (const line of finish.setCookies) {
    expect(line.split(';')[0]?.length).toBeLessThanOrEqual(4096);
    if (line.startsWith('session')) expect(line).toMatch(/; HttpOnly.*; SameSite=lax/i);
  }
  expect((await visitor.open('/profile')).body).toContain('bob@example.com');
});
