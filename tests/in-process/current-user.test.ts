/** The checks of pages and route handlers, behind a middleware that lets everything through. */

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { comeBack } from '../support/expired';
import { namedCookies } from '../support/http';
import { type InProcessSite, startInProcess } from '../support/in-process';
import type { Cognito } from '../support/in-process-pages';
import type { Visitor } from '../support/visitor';

let site: InProcessSite;
let people: Record<'nobody' | 'forger' | 'alice' | 'bob' | 'expired' | 'longAgo', Visitor>;
beforeAll(async () => {
  site = await startInProcess();
  const bob = await comeBack(site, { username: 'bob', ago: 10 });
  const [nobody, forger] = [bob.clone(), bob.clone()];
  nobody.cookies.clear();
  forger.cookies.set('localhost', namedCookies(site.origin, { session: 'Fe26.2*1*a*b*c*1*d*e~2' }));
  people = {
    nobody,
    forger,
    bob,
    alice: await comeBack(site, { ago: 10 }),
    expired: await comeBack(site),
    longAgo: await comeBack(site, { ago: 1000 }),
  };
});
afterAll(() => site?.close());
afterEach(() => void vi.useRealTimers());

describe('a static page', () => {
  const QUESTIONS: readonly ((cognito: Cognito) => Promise<unknown>)[] = [
    (cognito) => cognito.getVisitor(),
    (cognito) => cognito.getUser(),
    (cognito) => cognito.requireUser(),
    (cognito) => cognito.getAccessToken(),
  ];

  test('fails to build if it asks who the visitor is, or later, if a host renders it again', async () => {
    for (const question of QUESTIONS) {
      const asked = site.behind(new Request(`${site.origin}/x`), question);
      await expect(asked).rejects.toThrow(/static page .* reads the session/);
    }
  });
});

type Question = (cognito: Cognito, request: Request) => Promise<unknown>;

/** The returned value, or the digest of the error. */
async function ask(who: keyof typeof people, question: Question): Promise<unknown> {
  const headers = { cookie: people[who].cookieHeader(), 'sec-fetch-site': 'same-origin' };
  const request = new Request(`${site.origin}/api/x`, { headers });
  return site.behind(request, (cognito) => question(cognito, request)).catch(digestOf);
}

function digestOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'digest' in error ? error.digest : error;
}

/** The status of a route handler's response. */
function statusFor(who: keyof typeof people): Promise<unknown> {
  return ask(who, async ({ authenticate }, request) => {
    const caller = await authenticate(request);
    return caller.ok ? 200 : caller.response.status;
  });
}

const UNAUTHORIZED = 'NEXT_HTTP_ERROR_FALLBACK;401';
const FORBIDDEN = 'NEXT_HTTP_ERROR_FALLBACK;403';

describe.each(['nobody', 'forger'] as const)('%s', (who) => {
  test('is not a user, and has no access token', async () => {
    expect(await ask(who, ({ getUser }) => getUser())).toBeNull();
    expect(await ask(who, ({ getAccessToken }) => getAccessToken())).toBeNull();
  });

  test.each<[string, Question]>([
    ['a page for users', ({ requireUser }) => requireUser()],
    ['the page of a group', ({ requireGroup }) => requireGroup('admin')],
    ['a page that requires a recent sign-in', (cognito) => cognito.requireRecentSignIn(300, '/x')],
  ])('gets a 401 from %s', async (_, question) => {
    expect(await ask(who, question)).toBe(UNAUTHORIZED);
  });

  test('gets a 401 from a route handler', async () => {
    expect(await statusFor(who)).toBe(401);
  });
});

test('a session with expired tokens that were not refreshed is unavailable', async () => {
  expect(await ask('expired', ({ getUser }) => getUser())).toBeNull();
  expect(await ask('expired', ({ getAccessToken }) => getAccessToken())).toBeNull();
  const unavailable = { name: 'CognitoError', code: 'unavailable' };
  expect(await ask('expired', ({ requireUser }) => requireUser())).toMatchObject(unavailable);
  expect(await ask('expired', ({ requireGroup }) => requireGroup('admin'))).toMatchObject(
    unavailable,
  );
  expect(await statusFor('expired')).toBe(503);
});

test('tokens that have expired just now are accepted by a private page, and by no other', async () => {
  // The clock stands still during this test.
  vi.setSystemTime(Date.now());
  people.expired = await comeBack(site, { ago: 3602 });
  expect(await ask('expired', ({ requireUser }) => requireUser())).toMatchObject({
    username: 'alice',
  });
  expect(await ask('expired', ({ getUser }) => getUser())).toBeNull();
});

describe('a signed-in user', () => {
  test('is the user of the session, with all groups', async () => {
    for (const question of [
      ({ getUser }: Cognito) => getUser(),
      ({ requireUser }: Cognito) => requireUser(),
      ({ requireGroup }: Cognito) => requireGroup('admin'),
      ({ requireRecentSignIn }: Cognito) => requireRecentSignIn(300, '/x'),
    ]) {
      const expected = { username: 'alice', groups: ['admin'], email: 'alice@example.com' };
      expect(await ask('alice', question)).toMatchObject(expected);
    }
  });

  test('has an access token, their own', async () => {
    const token = await ask('bob', ({ getAccessToken }) => getAccessToken());
    const claims = JSON.parse(atob(`${token}`.split('.')[1] ?? ''));
    expect(claims).toMatchObject({ token_use: 'access', username: 'bob' });
  });

  test('is the caller of a route handler', async () => {
    const caller = await ask('bob', ({ authenticate }, request) => authenticate(request));
    expect(caller).toMatchObject({ ok: true, claims: { 'cognito:username': 'bob' } });
  });

  test('who is not in the group gets a 403', async () => {
    expect(await ask('bob', ({ requireGroup }) => requireGroup('admin'))).toBe(FORBIDDEN);
    expect(await ask('bob', ({ requireGroup }) => requireGroup(''))).toBe(FORBIDDEN);
  });

  test('who signed in too long ago is sent to sign in again, and back to the page', async () => {
    const question: Question = ({ requireRecentSignIn }) => requireRecentSignIn(300, '/x?y=1');
    const to = '/login?returnTo=%2Fx%3Fy%3D1&max_age=300';
    expect(await ask('longAgo', question)).toBe(`NEXT_REDIRECT;replace;${to};307;`);
    expect(await ask('longAgo', ({ requireUser }) => requireUser())).toMatchObject({
      username: 'alice',
    });
  });
});
