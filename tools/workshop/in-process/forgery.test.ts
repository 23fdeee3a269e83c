/** Requests that a person's browser is made to send by somebody else. */
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

/** What a request can say of where it comes from, if that is not a page of this site. */
const SENDERS: [string, Record<string, string>][] = [
  ['another site', { origin: EVIL, 'sec-fetch-site': 'cross-site' }],
  ['a neighbouring site', { origin: 'http://evil.localhost', 'sec-fetch-site': 'same-site' }],
  ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['a frame without an address', { origin: 'null' }],
  ['another site, in an old browser', { origin: EVIL }],
  ['another site, without an origin', { 'sec-fetch-site': 'cross-site' }],
  ['a bookmark or a typed address', { 'sec-fetch-site': 'none' }],
  ['nobody knows where', {}],
  ['a page of ours, so it says, with a foreign origin', { ...FETCH, origin: EVIL }],
  ['somebody who has our Referer only', { referer: 'http://localhost/profile' }],
];

describe('with the session of alice, nothing is changed by a form of', () => {
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

test.each(['PUT', 'PATCH', 'DELETE'])('%s from elsewhere is refused as well', async (method) => {
  for (const path of OTHERS) {
    expect((await asAlice(method, path, { origin: EVIL })).status, path).toBe(403);
  }
});

test('an API says so in JSON, a page in HTML', async () => {
  const api = await asAlice('POST', '/api/me', { origin: EVIL });
  expect(JSON.parse(api.body)).toEqual({ error: 'forbidden' });
  const page = await asAlice('POST', '/profile', { origin: EVIL });
  expect(page.body).toContain('This request came from another site');
});

test('a page of this site may post, and so may a program with a token of its own', async () => {
  for (const sender of [{ 'sec-fetch-site': 'same-origin' }, { origin: site.origin }]) {
    // The route has no POST, and says so only to who may ask.
    expect((await asAlice('POST', '/api/me', sender)).status).toBe(405);
  }
});

test('without a session a webhook of somebody else comes through to a public page', async () => {
  const answer = await send(`${site.origin}/`, { method: 'POST', headers: { origin: EVIL } });
  expect(answer.status).toBe(200);
});

test('refresh and sign-out ask even without a session', async () => {
  for (const path of PATHS) {
    const answer = await send(`${site.origin}${path}`, {
      method: 'POST',
      headers: { ...DOCUMENT, 'sec-fetch-site': 'cross-site', origin: EVIL },
    });
    expect(answer.status, path).toBe(403);
    expect(answer.setCookies).toEqual([]);
  }
});

test('a link, an image, a frame, a fetch, a prefetch or HEAD sign nobody out', async () => {
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
