/**
 * Who may see what on the built site. `tests/in-process` has the details: each kind of request, and each
 * reason to refuse one.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedCookies, send } from '../support/http';
import { type RunningSite, startSite } from '../support/site';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '../support/visitor';

/** The failure message if `onEvent` of `lib/on-event.ts` was changed. */
const LINE =
  'Nothing was logged. This test expects lib/on-event.ts to print one line of JSON for each event. If yours logs elsewhere, change how this test reads the log.';

let site: RunningSite;
let alice: Visitor;
let bob: Visitor;
beforeAll(async () => {
  site = await startSite();
  alice = createVisitor(site.origin);
  bob = createVisitor(site.origin);
  await Promise.all([alice.signIn('alice'), bob.signIn('bob')]);
});
afterAll(() => site?.close());

const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  send(site.origin, { path, headers, method });

test.each<[string, string, Record<string, string>, number, RegExp | null]>([
  ['a document', 'GET', DOCUMENT, 307, /\/oauth2\/authorize\?/],
  ['HEAD', 'HEAD', DOCUMENT, 307, /\/login\?returnTo=%2Fprofile%3Fx%3D1$/],
  ['a form', 'POST', DOCUMENT, 303, /\/login\?returnTo=%2F$/],
  ['Next’s router', 'GET', { ...FETCH, rsc: '1', 'next-url': '/' }, 200, null],
  ['a fetch', 'GET', FETCH, 401, null],
  ['a prefetch', 'GET', { ...DOCUMENT, 'sec-purpose': 'prefetch' }, 401, null],
])('a private page, requested by %s while signed out', async (_, method, headers, status, to) => {
  const answer = await ask('/profile?x=1', headers, method);
  expect(answer.status).toBe(status);
  if (to) expect(answer.headers.get('location')).toMatch(to);
  else expect(answer.headers.get('location')).toBeNull();
  expect(answer.setCookies).toHaveLength(method === 'GET' && status === 307 ? 1 : 0);
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  if (status === 200) expect(answer.body).toBe('');
});

describe('pages', () => {
  test('the front page and the public files are public, and files refuse POST', async () => {
    for (const path of ['/', '/icon.svg', '/robots.txt', '/sitemap.xml', '/favicon.ico']) {
      expect((await ask(path, DOCUMENT)).status, path).toBe(200);
    }
    expect((await ask('/icon.svg', {}, 'POST')).status).toBe(405);
    const file = await ask('/icon.svg', {});
    expect(file.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test('the profile shows verified claims, and no token', async () => {
    const { body, headers } = await alice.open('/profile');
    expect(body).toContain('alice@example.com');
    expect(body).not.toContain('eyJ');
    expect(headers.get('cache-control')).toBe('private, no-store');
  });

  test('a group page and everything below it is a 403 in plain HTML for other users', async () => {
    expect((await alice.open('/admin')).status).toBe(200);
    // Next would take a page's nonce from these headers.
    const forged = "script-src 'nonce-forged-by-the-client'";
    const policies = {
      'content-security-policy': forged,
      'content-security-policy-report-only': forged,
    };
    const refused = await bob.open('/admin', { ...DOCUMENT, ...policies });
    expect(refused.status).toBe(403);
    expect(refused.body).not.toContain('forged-by-the-client');
    expect(refused.body).toMatch(/<h1>You do not have access to this page<\/h1>/);
    expect(refused.body).toMatch(/members of the group (<!-- -->)?<code>admin<\/code>/);
    expect((await bob.open('/admin/deep')).status).toBe(403);
    expect((await bob.open('/forbidden?group=%3Cb%3E')).status).toBe(403);
  });

  test('a page that does not exist is a 404 only for a signed-in visitor', async () => {
    expect((await alice.open('/nothing-here')).status).toBe(404);
    expect((await ask('/nothing-here', DOCUMENT)).status).toBe(307);
  });
});

test('a data request of the Pages Router gets a 401, not a redirect without a location', async () => {
  const answer = await ask('/_next/data/x/profile.json', DOCUMENT);
  expect(answer.status).toBe(401);
  expect(answer.setCookies).toEqual([]);
});

test('/api/me returns claims only with a session or a bearer token', async () => {
  expect((await ask('/api/me', DOCUMENT)).status).toBe(401);
  const { status, body } = await alice.open('/api/me', FETCH);
  expect([status, JSON.parse(body).email]).toEqual([200, 'alice@example.com']);
  const { access_token } = await site.pool.mint('bob');
  const bearer = await ask('/api/me', { authorization: `Bearer ${access_token}` });
  expect([bearer.status, JSON.parse(bearer.body).username]).toEqual([200, 'bob']);
  const both = await alice.open('/api/me', { ...FETCH, authorization: 'Bearer garbage' });
  expect(both.status).toBe(401);
});

describe('a request line with an absolute URL', () => {
  test.each(['http://evil.example/profile', 'https://evil.example/', 'http://evil.example//'])(
    '%s never redirects to another site',
    async (path) => {
      const { headers } = await ask(path, { ...DOCUMENT, 'x-forwarded-host': 'evil.example' });
      const location = new URL(headers.get('location') ?? '/', site.origin);
      expect([site.origin, site.environment.COGNITO_DOMAIN]).toContain(location.origin);
    },
  );

  test('gets the page at its path, whatever its host', async () => {
    const answer = await ask('http://evil.example/logout', DOCUMENT);
    expect(answer.status).toBe(200);
    expect(answer.body).not.toContain('evil');
  });
});

describe('the log', () => {
  const since = async (act: () => Promise<{ body: string }>) => {
    const before = site.output().length;
    const { body } = await act();
    await expect.poll(() => site.output().slice(before), { message: LINE }).toContain('\n');
    return { body, events: site.output().slice(before).trim().split('\n') };
  };

  test.each<[string, string, number, object]>([
    ['a page that does not exist', '/some-strange-words', 404, { type: 'notFound' }],
    ['a group page', '/admin?some-strange-words', 403, { why: 'not in the group admin' }],
    ['an unknown group', '/forbidden?group=some-strange-words', 403, { status: 403 }],
  ])('contains one line for %s, with the reference on the page', async (_, path, status, event) => {
    const headers = { ...DOCUMENT, 'x-reference': 'FFFFFFFF' };
    const { body, events } = await since(async () => {
      const answer = await bob.open(path, headers);
      expect(answer.status).toBe(status);
      return answer;
    });
    const reference = /Reference: <code>([0-9A-HJKMNP-TV-Z]{8})</.exec(body)?.[1];
    expect(events).toHaveLength(1);
    expect(JSON.parse(events[0] ?? '')).toMatchObject({ ...event, reference, level: 'warn' });
    expect(reference).not.toBe('FFFFFFFF');
    expect(events.join()).not.toContain('strange');
    expect(body.replaceAll(/<script.*?<\/script>|<[^>]*>/gs, '')).not.toContain('strange');
  });

  test('contains nothing about pages without an error', async () => {
    const before = site.output();
    for (const path of ['/', '/profile', '/logout', '/api/me']) {
      expect((await bob.open(path)).status, path).toBe(200);
    }
    expect(site.output()).toBe(before);
  });
});

test('the server renders the next page in the chosen theme', async () => {
  const visitor = createVisitor(site.origin);
  const chosen = async () =>
    /<html[^>]*data-theme="([^"]*)"/.exec((await visitor.open('/')).body)?.[1];
  expect(await chosen()).toBeUndefined();
  await visitor.post('/theme', { theme: 'dark' });
  expect(await chosen()).toBe('dark');
  visitor.cookies.set(
    'localhost',
    namedCookies(site.origin, { theme: '"><script>alert(1)</script>' }),
  );
  expect((await visitor.open('/')).body).not.toContain('alert(1)');
  expect(await chosen()).toBeUndefined();
});
