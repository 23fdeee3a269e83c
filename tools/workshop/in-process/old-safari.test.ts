/**
 * What Safari 15 and 16 send: no `Sec-Fetch-*` headers, which came with Safari 16.4. Then `Accept` says what a
 * request is for, and `Origin` where it comes from.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comeBack } from '../../../tests/support/expired';
import { type Answer, send } from '../../../tests/support/http';
import { type InProcessSite, startInProcess } from '../../../tests/support/in-process';
import type { Visitor } from '../../../tests/support/visitor';

let site: InProcessSite;
let alice: Visitor;
beforeAll(async () => {
  site = await startInProcess();
  alice = await comeBack(site, { ago: 10 });
});
afterAll(() => site?.close());

const PAGE = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const IMAGE = 'image/webp,image/avif,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5';
const FORM = 'application/x-www-form-urlencoded';
const EVIL = 'https://evil.example';
const SIGN_IN = '307 /oauth2/authorize signin';

interface Sent {
  readonly method?: string;
  readonly accept: string;
  /** `here` is the site's own origin. */
  readonly origin?: string;
  readonly headers?: Record<string, string>;
}

/** The path, what is sent, and the responses without a session and with one. */
const ROWS: [name: string, path: string, sent: Sent, signedOut: string, signedIn: string][] = [
  ['a page', '/profile', { accept: PAGE }, SIGN_IN, '200'],
  ['a public page', '/', { accept: PAGE }, '200', '200'],
  ['HEAD', '/profile', { method: 'HEAD', accept: PAGE }, '307 /login', '200'],
  // Without fetch metadata it looks like a page. The policy and `X-Frame-Options` keep it from being shown.
  ['an iframe', '/profile', { accept: PAGE }, SIGN_IN, '200'],
  ['a form', '/refresh', form('here'), '303 /login', '303 / session'],
  ['a form of another site', '/refresh', form(EVIL), '403', '403'],
  ['a form of a sandboxed frame', '/refresh', form('null'), '403', '403'],
  ['a form without an origin', '/refresh', form(), '403', '403'],
  [
    'a sign-out',
    '/logout',
    form('here'),
    '303 /logout signed-out session flash',
    '303 /logout signed-out session flash',
  ],
  ['a sign-out of another site', '/logout', form(EVIL), '403', '403'],
  ['a fetch', '/profile', { accept: '*/*' }, '401', '200'],
  ['a fetch of the API', '/api/me', { accept: 'application/json' }, '401', '200'],
  ['the API in a tab', '/api/me', { accept: PAGE }, '401', '200'],
  ['a fetch that changes something', '/refresh', post('here'), '401', '303 / session'],
  ['a fetch of another site', '/refresh', post(EVIL), '403', '403'],
  ['a preflight', '/api/me', { method: 'OPTIONS', accept: '*/*', origin: EVIL }, '405', '405'],
  ['an image', '/profile', { accept: IMAGE }, '401', '200'],
  ['a script', '/profile', { accept: '*/*' }, '401', '200'],
  ['a style sheet', '/profile', { accept: 'text/css,*/*;q=0.1' }, '401', '200'],
  ['an event stream', '/profile', { accept: 'text/event-stream' }, '401', '200'],
  ['the router', '/profile', router(), '200', '200'],
  ['a prefetch of the router', '/profile', router({ 'next-router-prefetch': '1' }), '200', '200'],
  [
    'a page in advance',
    '/profile',
    { accept: PAGE, headers: { purpose: 'prefetch' } },
    '401',
    '200',
  ],
];

test.each(ROWS)('%s at %s', async (_, path, sent, signedOut, signedIn) => {
  expect(summary(await ask(path, sent))).toBe(signedOut);
  const visitor = path === '/logout' ? await comeBack(site, { ago: 10 }) : alice;
  expect(summary(await ask(path, sent, visitor.clone()))).toBe(signedIn);
});

test('a page cannot be framed, whatever asks for it', async () => {
  const { headers } = await ask('/profile', { accept: PAGE }, alice);
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

function form(origin?: string): Sent {
  const sent = { method: 'POST', accept: PAGE, headers: { 'content-type': FORM } };
  return origin === undefined ? sent : { ...sent, origin };
}

function post(origin: string): Sent {
  return { method: 'POST', accept: '*/*', origin };
}

function router(more: Record<string, string> = {}): Sent {
  return { accept: '*/*', headers: { rsc: '1', 'next-url': '/', ...more } };
}

function ask(path: string, sent: Sent, visitor?: Visitor): Promise<Answer> {
  const { method = 'GET', accept, origin } = sent;
  const headers = {
    accept,
    ...(origin !== undefined && { origin: origin === 'here' ? site.origin : origin }),
    ...(visitor && { cookie: visitor.cookieHeader() }),
    ...sent.headers,
  };
  return send(`${site.origin}${path}`, { method, headers });
}

/** The status, the location, and the names of the cookies. */
function summary({ status, headers, setCookies }: Answer): string {
  const location = headers.get('location');
  const place = location === null ? [] : [new URL(location, site.origin).pathname];
  const names = setCookies.map((line) => line.replace(/(-\d+[^=]*)?[.=].*/s, ''));
  return [status, ...place, ...new Set(names)].join(' ');
}
