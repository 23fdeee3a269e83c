/** Requests that an attacker makes a user's browser send. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, send } from '../../../tests/support/http';
import { type InProcessSite, startInProcess } from '../../../tests/support/in-process';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '../../../tests/support/visitor';

let site: InProcessSite;
let alice: Visitor;
beforeAll(async () => {
  site = await startInProcess();
  alice = createVisitor(site.origin);
  await alice.signIn('alice');
});
afterAll(() => site.close());

const EVIL = 'https://evil.example';
const PATHS = ['/logout', '/logout?everywhere', '/logout/', '/refresh', '/refresh/'];
const OTHERS = ['/', '/profile', '/admin', '/api/me', '/api/nothing', '/nothing'];

/** What the headers of a request can say about its sender, if that is not a page of this site. */
const SENDERS: [string, Record<string, string>][] = [
  ['another site', { origin: EVIL, 'sec-fetch-site': 'cross-site' }],
  ['a sibling subdomain', { origin: 'http://evil.localhost', 'sec-fetch-site': 'same-site' }],
  ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['a frame with an opaque origin', { origin: 'null' }],
  ['another site, in an old browser', { origin: EVIL }],
  ['another site, without an origin', { 'sec-fetch-site': 'cross-site' }],
  ['a bookmark or a typed URL', { 'sec-fetch-site': 'none' }],
  ['an unknown sender', {}],
  ['a page that claims same-origin, with another Origin', { ...FETCH, origin: EVIL }],
  ['a sender that has only our Referer', { referer: 'http://localhost/profile' }],
];

describe('with the session of alice, nothing is changed by a form post from', () => {
  test.each(SENDERS)('%s', async (_, sender) => {
    const before = site.pool.requests().length;
    for (const path of [...PATHS, ...OTHERS]) {
      const answer = await asAlice('POST', path, sender);
      expect(answer.status, path).toBe(403);
      expect(answer.setCookies, path).toEqual([]);
    }
    expect(site.pool.requests().length).toBe(before);
    expect((await alice.open('/profile')).status).toBe(200);
  });
});

test.each(['PUT', 'PATCH', 'DELETE'])('%s from another site is refused too', async (method) => {
  for (const path of OTHERS) {
    expect((await asAlice(method, path, { origin: EVIL })).status, path).toBe(403);
  }
});

test('the refusal is JSON for an API or a fetch, and HTML for a form', async () => {
  for (const path of ['/api/me', '/profile']) {
    const answer = await asAlice('POST', path, { origin: EVIL });
    expect(JSON.parse(answer.body)).toEqual({ error: 'forbidden' });
  }
  const page = await asAlice('POST', '/profile', { ...DOCUMENT, origin: EVIL });
  expect(page.body).toContain('This request came from another site');
});

test('a request from this site’s own page or origin is let through', async () => {
  for (const sender of [{ 'sec-fetch-site': 'same-origin' }, { origin: site.origin }]) {
    // The route has no POST, and returns 405 only to requests that were let through.
    expect((await asAlice('POST', '/api/me', sender)).status).toBe(405);
  }
});

test('without a session, a webhook from another site reaches a public page', async () => {
  const answer = await send(`${site.origin}/`, { method: 'POST', headers: { origin: EVIL } });
  expect(answer.status).toBe(200);
});

test('refresh and sign-out refuse other sites even without a session', async () => {
  for (const path of PATHS) {
    const answer = await send(`${site.origin}${path}`, {
      method: 'POST',
      headers: { ...DOCUMENT, 'sec-fetch-site': 'cross-site', origin: EVIL },
    });
    expect(answer.status, path).toBe(403);
    expect(answer.setCookies).toEqual([]);
  }
});

test('a link, an image, a frame, a fetch, a prefetch or HEAD does not sign the user out', async () => {
  const loads = ['document', 'image', 'iframe', 'script', 'empty'].map((dest) => ({
    ...DOCUMENT,
    'sec-fetch-dest': dest,
    'sec-fetch-site': 'cross-site',
  }));
  for (const headers of [...loads, { ...DOCUMENT, 'sec-purpose': 'prefetch' }, {}]) {
    for (const method of ['GET', 'HEAD']) {
      for (const path of PATHS)
        expect((await asAlice(method, path, headers)).setCookies).toEqual([]);
    }
  }
  const page = await alice.open('/logout');
  expect(page.status).toBe(200);
  expect(page.body).toContain('<form method="post" action="/logout">');
  expect((await alice.open('/profile')).status).toBe(200);
});

function asAlice(method: string, path: string, headers: Record<string, string>): Promise<Answer> {
  const sent = { ...headers, cookie: alice.cookieHeader() };
  return send(`${site.origin}${path}`, { method, headers: sent });
}
