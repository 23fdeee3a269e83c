/** What an attacker without a session can send to make the site work, wait or fail. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from '@/tests/support/http';
import { type RunningSite, startSite } from '@/tests/support/site';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '@/tests/support/visitor';
import {
  builtActions,
  faultsOf,
  multipart,
  oddRequests,
  UNKNOWN_ACTION,
} from '@/tools/workshop/support/odd-requests';
import { hold } from '@/tools/workshop/support/raw';
import { cookieHeader } from '../../../tests/support/http';

let site: RunningSite;
let alice: Visitor;
beforeAll(async () => {
  site = await startSite();
  alice = createVisitor(site.origin);
  await alice.signIn('alice');
});
afterAll(() => site.close());

const seal = (tail: string) =>
  `Fe26.2*1*${'a'.repeat(64)}*${'b'.repeat(22)}*${tail}*1*${'c'.repeat(64)}*${'d'.repeat(43)}~2`;

describe('a cookie header of', () => {
  test.each<[string, string]>([
    ['one name without a value', 'session'],
    ['empty names', '=x; =; ;;'],
    ['broken percent signs', 'session=%; session.0=%E0%A4%A; signin-x=%ff'],
    ['quotes and controls', 'session="\t"; signin-="'],
    ['an object', 'session={"t":["a"],"s":1,"r":1}'],
    ['a prototype', '__proto__=x; constructor=y; session.__proto__=z; session.constructor=a'],
    ['a large forged seal', `session=${seal('e'.repeat(12_000))}`],
    ['a seal with no numbers', 'session=Fe26.2*NaN*x*y*z*Infinity*a*b~2'],
    ['a seal of a future version', `session=${seal('e').replace(/~2$/, '~99')}`],
    ['a seal of another password', `session=${seal('e').replace('*1*', '*7*')}`],
    [
      'many chunks',
      Array.from({ length: 200 }, (_, n) => `session.${n}=${'x'.repeat(20)}`).join('; '),
    ],
    ['chunks with odd numbers', 'session.-1=x; session.1e3=y; session.00=z; session.99999999999=w'],
    [
      'many sign-in attempts',
      Array.from({ length: 200 }, (_, n) => `signin-${n}-${'x'.repeat(12)}=y`).join('; '),
    ],
    ['marks that are not valid times', 'signed-out=NaN; seen=Infinity; session-again=%00'],
  ])('%s counts as signed out, on every kind of route', async (_, named) => {
    const cookie = cookieHeader(site.origin, named);
    const statuses: [string, number][] = [
      ['/', 200],
      ['/profile', 307],
      ['/login', 307],
      ['/login?code=c&state=sssssssssssssssss', 400],
      ['/logout', 200],
    ];
    for (const [path, status] of statuses) {
      const answer = await send(`${site.origin}${path}`, { headers: { ...DOCUMENT, cookie } });
      expect([path, answer.status]).toEqual([path, status]);
    }
    const api = await send(`${site.origin}/api/me`, { headers: { ...FETCH, cookie } });
    expect(api.status).toBe(401);
    const own = { ...DOCUMENT, cookie, origin: site.origin };
    const leave = await send(`${site.origin}/logout`, { method: 'POST', headers: own });
    expect(leave.status).toBe(303);
  });
});

test('more cookies than any browser keeps are refused before they cost anything', async () => {
  const cookie = Array.from({ length: 2000 }, (_, n) => `${n}=`).join('; ');
  for (const path of ['/', '/profile', '/login', '/logout', '/refresh', '/api/me']) {
    for (const method of ['GET', 'POST']) {
      const headers = { ...DOCUMENT, cookie, origin: site.origin };
      const answer = await send(`${site.origin}${path}`, { method, headers });
      expect([path, answer.status]).toEqual([path, 431]);
      expect(answer.setCookies).toEqual([]);
    }
  }
});

describe('a query of', () => {
  const long = 'x'.repeat(7000);
  test.each<[string, string, number]>([
    ['broken percent signs', '/login?returnTo=%&%ff=%', 307],
    ['a long path', `/login?returnTo=/${long}`, 307],
    ['long hints', `/login?login_hint=${long}&lang=x`, 307],
    ['a thousand parameters', `/login?${'a=b&'.repeat(1000)}`, 307],
    ['a max_age that is too large', '/login?max_age=99999999999999999999', 307],
    ['a negative max_age', '/login?max_age=-1', 307],
    ['a long code', `/login?code=${long}&state=s`, 400],
    ['a long state', `/login?code=c&state=${long}`, 400],
    ['a long error', `/login?error=${long}&error_description=${long}`, 400],
    ['a prototype', '/login?__proto__=x&constructor=y&code=c&state=s', 400],
    ['a long URL', `/profile?${long}`, 307],
  ])('%s gets a short response with the status in the table', async (_, path, status) => {
    const answer = await createVisitor(site.origin).open(path);
    expect(answer.status).toBe(status);
    expect(answer.body.length + `${[...answer.headers]}`.length).toBeLessThan(20_000);
  });
});

describe('a body', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  test.each<[string, Record<string, string>, string]>([
    ['of a megabyte', form, `a=${'x'.repeat(1_000_000)}`],
    ['of twenty megabytes', form, `a=${'x'.repeat(20_000_000)}`],
    ['that is not a form', { 'content-type': 'application/json' }, '{"everywhere":1}'],
    ['that is a broken form', { 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\nno'],
    ['of an invalid type', { 'content-type': ';;;' }, 'everywhere=1'],
    ['with the wrong content encoding', { ...form, 'content-encoding': 'gzip' }, 'everywhere=1'],
  ])('%s is never a 500, and does not affect other users', async (_, headers, body) => {
    for (const path of ['/login', '/logout', '/refresh', '/profile', '/api/me', '/']) {
      const answer = await send(`${site.origin}${path}`, {
        method: 'POST',
        headers: { ...DOCUMENT, origin: site.origin, ...headers },
        body,
      }).catch(() => undefined);
      // The server may close the connection without reading a large body.
      expect(answer?.status ?? 413, path).toBeLessThan(500);
    }
    expect((await alice.open('/profile')).status).toBe(200);
  });

  test('that never ends does not block other requests', async () => {
    const head = ['POST /logout HTTP/1.1', 'Host: localhost', 'Content-Length: 900000'];
    const slow = Array.from({ length: 50 }, () => hold(site.origin, head, 'a='));
    try {
      expect((await alice.open('/profile')).status).toBe(200);
      expect((await createVisitor(site.origin).signIn('bob')).status).toBe(200);
    } finally {
      for (const socket of slow) socket.destroy();
    }
  });

  const long = `theme=dark&a=${'x'.repeat(1_000_000)}`;
  test.each<[string, Record<string, string>, string]>([
    ['with its length', form, long],
    ['in chunks', { ...form, 'transfer-encoding': 'chunked' }, long],
    ['of an announced length only', { ...form, 'content-length': '100000000' }, 'a=b'],
  ])('over the limit gets a 413, never a shorter body: %s', async (_, headers, body) => {
    for (const path of ['/theme', '/login', '/profile', '/api/me', '/nothing']) {
      const own = { ...DOCUMENT, origin: site.origin, ...headers };
      const answer = await send(site.origin, { path, method: 'POST', headers: own, body });
      expect([path, answer.status, answer.setCookies]).toEqual([path, 413, []]);
      expect(answer.headers.get('content-security-policy')).toContain("'nonce-");
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      const [, reference = 'none'] = /<code>(\w{8})<\/code>/.exec(answer.body) ?? [];
      if (path !== '/api/me')
        await expect.poll(site.output).toContain(`"reference":"${reference}"`);
    }
    await expect.poll(site.output).toContain('"status":413,"why":"body too large"');
    expect(site.output()).not.toContain('Request body exceeded');
  });

  test('just below the limit arrives whole, with its length and in chunks', async () => {
    const fields = `a=${'x'.repeat(16_000)}&theme=dark`;
    for (const chunked of [{}, { 'transfer-encoding': 'chunked' }]) {
      const headers = { ...DOCUMENT, origin: site.origin, ...form, ...chunked };
      const options = { path: '/theme', method: 'POST', headers, body: fields };
      expect((await send(site.origin, options)).setCookies.join()).toMatch(/^theme-\d+=dark/);
    }
  });

  test('of a sign-out that is too large for a form is refused, and the session stays', async () => {
    const other = createVisitor(site.origin);
    await other.signIn('bob');
    const answer = await other.post('/logout', { padding: 'x'.repeat(20_000), everywhere: 'yes' });
    expect(answer.status).toBe(413);
    expect((await other.open('/profile')).status).toBe(200);
  });

  test('of thousands of parts is never parsed', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x', origin: site.origin };
    for (const path of ['/theme', '/logout', '/refresh', '/', '/profile']) {
      const options = { path, method: 'POST', headers: { ...DOCUMENT, ...headers } };
      const answer = await send(site.origin, { ...options, body: multipart(5000) });
      expect([413, 415], path).toContain(answer.status);
    }
  });

  test('of two parts is not parsed either by a page without Server Actions', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x', origin: site.origin };
    for (const path of ['/', '/profile', '/profile/']) {
      const options = { path, method: 'POST', headers: { ...DOCUMENT, ...headers } };
      expect((await send(site.origin, { ...options, body: multipart(2) })).status, path).toBe(415);
    }
  });
});

describe('a request that Next would answer by itself', () => {
  const paths = {
    pages: ['/', '/profile', '/notes', '/api/me', '/nothing'],
    files: ['/icon.svg', '/robots.txt'],
    actions: builtActions(),
  };

  test('gets no 500, and the headers of every response, redirects included', async () => {
    const requests = oddRequests(site.origin, paths);
    expect(await faultsOf(site.origin, requests)).toEqual([]);
    expect(await faultsOf(site.origin, requests, alice.cookieHeader())).toEqual([]);
  });

  test('for a range beyond the end of a file gets a 416 with the length of the file', async () => {
    const headers = { ...FETCH, range: 'bytes=99999999-' };
    const answer = await send(site.origin, { path: '/icon.svg', headers });
    expect([answer.status, answer.body]).toEqual([416, '']);
    expect(answer.headers.get('content-range')).toMatch(/^bytes \*\/\d+$/);
  });

  test('for an undecodable path gets a 400 with a reference that is in the log', async () => {
    for (const path of ['/photos/50%', '/photos/%E4', '/%']) {
      const answer = await send(site.origin, { path, headers: DOCUMENT });
      expect([path, answer.status]).toEqual([path, 400]);
      const [, reference = 'none'] = /<code>(\w{8})<\/code>/.exec(answer.body) ?? [];
      const line = new RegExp(`${reference}.*"why":"undecodable path"`);
      await expect.poll(site.output).toMatch(line);
    }
  });
});

test('tokens with unknown key IDs make the site fetch the keys at most twice', async () => {
  const asked = () => site.pool.requests().filter(({ path }) => path.endsWith('/jwks.json')).length;
  const before = asked();
  for (let n = 0; n < 200; n++) {
    const header = btoa(JSON.stringify({ alg: 'RS256', kid: `unknown-${n}` })).replace(/=+$/, '');
    const authorization = `Bearer ${header}.e30.x`;
    const answer = await send(`${site.origin}/api/me`, { headers: { ...FETCH, authorization } });
    expect([401, 503]).toContain(answer.status);
  }
  expect(asked() - before).toBeLessThanOrEqual(2);
  expect((await alice.open('/profile')).status).toBe(200);
});

test('none of this logs an error of the site, nor a control character', async () => {
  await expect.poll(site.output).toContain('\\u009b31mx');
  const printed = site.output().replace(UNKNOWN_ACTION, '');
  expect(printed.match(/.*(⨯|Unhandled|at .*\.js).*/g)).toBeNull();
  expect(site.output().match(/.*(?!\n)\p{Cc}.*/gu)).toBeNull();
});
