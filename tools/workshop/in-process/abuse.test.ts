/** What an attacker without a session can send to make the site work, wait or fail. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieHeader, send } from '../../../tests/support/http';
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

test('a sign-out whose body is too large for a form is refused, and the session stays', async () => {
  const other = createVisitor(site.origin);
  await other.signIn('bob');
  const answer = await other.post('/logout', { padding: 'x'.repeat(20_000), everywhere: 'yes' });
  expect(answer.status).toBe(413);
  expect((await other.open('/profile')).status).toBe(200);
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

test('none of this logs an error of the site', () => {
  expect(site.output()).not.toMatch(/⨯|Unhandled|at .*\.js/);
});
