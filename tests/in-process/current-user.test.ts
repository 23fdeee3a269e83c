/** What pages and route handlers ask, past a middleware that lets everything through. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { comeBack } from '../support/expired';
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
  forger.cookies.set('localhost', new Map([['session', 'Fe26.2*1*a*b*c*1*d*e~2']]));
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

type Question = (cognito: Cognito, request: Request) => Promise<unknown>;

/** What is returned, or the digest of what is thrown. */
async function ask(who: keyof typeof people, question: Question): Promise<unknown> {
  const headers = { cookie: people[who].cookieHeader(), 'sec-fetch-site': 'same-origin' };
  const request = new Request(`${site.origin}/api/x`, { headers });
  return site.behind(request, (cognito) => question(cognito, request)).catch(digestOf);
}

function digestOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'digest' in error ? error.digest : error;
}

/** Of the answer that a route handler is to give. */
function statusFor(who: keyof typeof people): Promise<unknown> {
  return ask(who, async ({ authenticate }, request) => {
    const caller = await authenticate(request);
    return caller.ok ? 200 : caller.response.status;
  });
}

const UNAUTHORIZED = 'NEXT_HTTP_ERROR_FALLBACK;401';
const FORBIDDEN = 'NEXT_HTTP_ERROR_FALLBACK;403';

describe.each(['nobody', 'forger'] as const)('%s', (who) => {
  test('is no user, and has no access token', async () => {
    expect(await ask(who, ({ getUser }) => getUser())).toBeNull();
    expect(await ask(who, ({ getAccessToken }) => getAccessToken())).toBeNull();
  });

  test.each<[string, Question]>([
    ['a page for users', ({ requireUser }) => requireUser()],
    ['the page of a group', ({ requireGroup }) => requireGroup('admin')],
    ['a page for who has just signed in', (cognito) => cognito.requireRecentSignIn(300, '/x')],
  ])('gets a 401 of %s', async (_, question) => {
    expect(await ask(who, question)).toBe(UNAUTHORIZED);
  });

  test('gets a 401 of a route handler', async () => {
    expect(await statusFor(who)).toBe(401);
  });
});

test('somebody whose tokens are over, and nobody has refreshed them, is neither in nor out', async () => {
  expect(await ask('expired', ({ getUser }) => getUser())).toBeNull();
  expect(await ask('expired', ({ getAccessToken }) => getAccessToken())).toBeNull();
  const unavailable = { name: 'CognitoError', code: 'unavailable' };
  expect(await ask('expired', ({ requireUser }) => requireUser())).toMatchObject(unavailable);
  expect(await ask('expired', ({ requireGroup }) => requireGroup('admin'))).toMatchObject(
    unavailable,
  );
  expect(await statusFor('expired')).toBe(503);
});

test('tokens that ended this moment do for a private page, which they were refreshed for, and for no other', async () => {
  // The moment lasts as long as the test does.
  vi.setSystemTime(Date.now());
  people.expired = await comeBack(site, { ago: 3602 });
  expect(await ask('expired', ({ requireUser }) => requireUser())).toMatchObject({
    username: 'alice',
  });
  expect(await ask('expired', ({ getUser }) => getUser())).toBeNull();
});

describe('somebody who is signed in', () => {
  test('is the user of their session, with their groups', async () => {
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

  test('has an access token, and that of themselves', async () => {
    const token = await ask('bob', ({ getAccessToken }) => getAccessToken());
    const claims = JSON.parse(atob(`${token}`.split('.')[1] ?? ''));
    expect(claims).toMatchObject({ token_use: 'access', username: 'bob' });
  });

  test('is the caller of a route handler', async () => {
    const caller = await ask('bob', ({ authenticate }, request) => authenticate(request));
    expect(caller).toMatchObject({ ok: true, claims: { 'cognito:username': 'bob' } });
  });

  test('but not in the group gets a 403', async () => {
    expect(await ask('bob', ({ requireGroup }) => requireGroup('admin'))).toBe(FORBIDDEN);
    expect(await ask('bob', ({ requireGroup }) => requireGroup(''))).toBe(FORBIDDEN);
  });

  test('too long ago is sent to sign in again, and back to the page', async () => {
    const question: Question = ({ requireRecentSignIn }) => requireRecentSignIn(300, '/x?y=1');
    const to = '/login?returnTo=%2Fx%3Fy%3D1&max_age=300';
    expect(await ask('longAgo', question)).toBe(`NEXT_REDIRECT;replace;${to};307;`);
    expect(await ask('longAgo', ({ requireUser }) => requireUser())).toMatchObject({
      username: 'alice',
    });
  });
});
