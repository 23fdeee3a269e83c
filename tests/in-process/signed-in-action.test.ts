/** Server Actions made with `signedInAction`, called without the middleware in front of them. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { User } from '@/lib/cognito';
import { comeBack } from '../support/expired';
import { type InProcessSite, startInProcess } from '../support/in-process';
import type { Visitor } from '../support/visitor';

let site: InProcessSite;
let people: Record<'nobody' | 'alice' | 'bob' | 'expired' | 'longAgo', Visitor>;
beforeAll(async () => {
  site = await startInProcess();
  const bob = await comeBack(site, { username: 'bob', ago: 10 });
  const nobody = bob.clone();
  nobody.cookies.clear();
  const alice = await comeBack(site, { ago: 10 });
  const longAgo = await comeBack(site, { ago: 1000 });
  people = { nobody, alice, bob, expired: await comeBack(site), longAgo };
});
afterAll(() => site?.close());

const ran: string[] = [];
afterEach(() => void ran.splice(0));

const OWN = { 'sec-fetch-site': 'same-origin' };

/** Calls an action as the form of a page would: its result, or the digest of the error. */
async function call(
  who: keyof typeof people,
  options: {
    needs?: { group?: string; maxAge?: number };
    headers?: Record<string, string>;
    args?: readonly unknown[];
  } = {},
): Promise<unknown> {
  const { needs, headers = OWN, args = [new FormData()] } = options;
  const referer = `${site.origin}/open?a=1`;
  const cookie = people[who].cookieHeader();
  const request = new Request(`${site.origin}/open`, {
    method: 'POST',
    headers: { cookie, referer, ...headers },
  });
  const run = async (user: User) => {
    ran.push(user.username);
    return 'done';
  };
  const called = site.behind(request, async ({ signedInAction }) =>
    // Anyone can call a Server Action with any arguments.
    Reflect.apply(signedInAction(run, needs), undefined, args),
  );
  return called.catch((error: unknown) =>
    error instanceof Error && 'digest' in error ? String(error.digest) : error,
  );
}

const BACK = '/login?returnTo=%2Fopen%3Fa%3D1';
const FORBIDDEN = 'NEXT_HTTP_ERROR_FALLBACK;403';

describe('an action', () => {
  test('runs for a signed-in user, from a form and from useActionState', async () => {
    expect(await call('bob')).toBe('done');
    expect(await call('bob', { args: ['state', new FormData()] })).toBe('done');
    expect(ran).toEqual(['bob', 'bob']);
  });

  test('asks a user who is signed out to sign in, and comes back to the page of the form', async () => {
    expect(await call('nobody')).toContain(`${BACK};`);
    expect(ran).toEqual([]);
  });

  test('comes back to no other site', async () => {
    const headers = { ...OWN, referer: 'https://evil.example/x' };
    expect(await call('nobody', { headers })).toContain('/login?returnTo=%2F;');
  });

  test('is refused to a user without the group', async () => {
    expect(await call('bob', { needs: { group: 'admin' } })).toBe(FORBIDDEN);
    expect(await call('alice', { needs: { group: 'admin' } })).toBe('done');
    expect(ran).toEqual(['alice']);
  });

  test('asks for a new sign-in if the last one is too old', async () => {
    expect(await call('longAgo', { needs: { maxAge: 300 } })).toContain(`${BACK}&max_age=300;`);
    expect(await call('alice', { needs: { maxAge: 300 } })).toBe('done');
    expect(ran).toEqual(['alice']);
  });

  test('throws while the session cannot be verified, and signs nobody out', async () => {
    expect(await call('expired')).toMatchObject({ code: 'unavailable' });
    expect(ran).toEqual([]);
  });

  test.each([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of a sibling host', { 'sec-fetch-site': 'same-site' }],
    ['with another origin', { ...OWN, origin: 'https://evil.example' }],
    ['that does not say where it comes from', {}],
  ])('is refused to a request %s', async (_, headers) => {
    expect(await call('alice', { headers })).toBe(FORBIDDEN);
    expect(await call('nobody', { headers })).toBe(FORBIDDEN);
    expect(ran).toEqual([]);
  });

  test('is refused to a request without a form', async () => {
    for (const args of [[], ['text'], ['state', { get: 'x' }], [new FormData(), null]]) {
      expect(await call('alice', { args })).toBe(FORBIDDEN);
    }
    expect(ran).toEqual([]);
  });
});
