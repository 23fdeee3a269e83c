/** Route handlers that `withUser` wraps, behind a middleware that lets everything through. */

import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiUser, withUser } from '@/lib/cognito';
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
  people = {
    nobody,
    bob,
    alice: await comeBack(site, { ago: 10 }),
    expired: await comeBack(site),
    longAgo: await comeBack(site, { ago: 1000 }),
  };
});
afterAll(() => site?.close());

interface Note {
  readonly params: Promise<{ id: string }>;
}
type Needs = Parameters<typeof withUser>[1];
type Handler = (user: ApiUser, request: NextRequest, context: Note) => Response | Promise<Response>;

interface Call {
  readonly who: keyof typeof people;
  readonly needs?: Needs;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

/** Calls a route handler as Next does, and says whether it ran. */
async function call({ who, needs, method = 'GET', headers }: Call, handler: Handler) {
  let ran = false;
  const given = { cookie: people[who].cookieHeader(), 'sec-fetch-site': 'same-origin', ...headers };
  const request = new NextRequest(`${site.origin}/api/notes/7?part=2`, { method, headers: given });
  const context = { params: Promise.resolve({ id: '7' }) };
  const response = await site.behind(request, (cognito) =>
    cognito.withUser((...passed: Parameters<Handler>) => {
      ran = true;
      return handler(...passed);
    }, needs)(request, context),
  );
  return { response, ran };
}
const ok = () => Response.json({ ok: true });

describe('a handler does not run', () => {
  test.each<[number, string, Call]>([
    [401, 'for a visitor who is signed out', { who: 'nobody' }],
    [503, 'while the session can’t be verified', { who: 'expired' }],
    [403, 'for a user outside the group', { who: 'bob', needs: { group: 'admin' } }],
    [403, 'without the scope', { who: 'alice', needs: { scope: 'notes/read' } }],
    [401, 'after a sign-in that is too old', { who: 'longAgo', needs: { maxAge: 600 } }],
    [401, 'with an invalid token', { who: 'alice', headers: { authorization: 'Bearer x' } }],
    [
      403,
      'for another site that uses the session',
      { who: 'alice', method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } },
    ],
  ])('%i %s', async (status, _, given) => {
    const { response, ran } = await call(given, ok);
    expect([response.status, ran]).toEqual([status, false]);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('content-type')).toBe('application/json');
  });
});

test('a handler gets the user, the request and the parameters of its route', async () => {
  const needs = { group: 'admin', scope: 'openid', maxAge: 600 };
  const { response } = await call({ who: 'alice', needs }, async (user, request, { params }) => {
    const { id } = await params;
    const { sub, username, groups, claims } = user;
    const part = request.nextUrl.searchParams.get('part');
    return Response.json({ username, groups, id, part, same: sub === claims.sub });
  });
  expect(await response.json()).toMatchObject({
    username: 'alice',
    groups: ['admin'],
    id: '7',
    part: '2',
    same: true,
  });
});

test('a program with an access token has the same user name and groups', async () => {
  const tokens = people.alice.clone();
  const bearer = await site.behind(
    new NextRequest(site.origin, { headers: { cookie: tokens.cookieHeader() } }),
    ({ getAccessToken }) => getAccessToken(),
  );
  const headers = { authorization: `Bearer ${bearer}` };
  const { response } = await call({ who: 'nobody', method: 'POST', headers }, (user) =>
    Response.json([user.username, user.groups, user.claims.token_use]),
  );
  expect(await response.json()).toEqual(['alice', ['admin'], 'access']);
});

describe('no cache may keep', () => {
  test.each<[string, () => Response]>([
    ['JSON', ok],
    ['what the handler lets caches keep', () => cached({ 'Cache-Control': 'public, max-age=60' })],
    ['what it lets a browser keep', () => cached({ 'Cache-Control': 'private, max-age=60' })],
    ['what it lets a CDN keep', () => cached({ 'CDN-Cache-Control': 'max-age=60' })],
    ['what it lets Vercel keep', () => cached({ 'Vercel-CDN-Cache-Control': 'max-age=60' })],
    ['what it lets a proxy keep', () => cached({ 'Surrogate-Control': 'max-age=60' })],
    ['a redirect', () => Response.redirect(`${site.origin}/profile`)],
    ['an empty response', () => new Response(null, { status: 204 })],
  ])('%s', async (_, handler) => {
    const { response } = await call({ who: 'alice' }, handler);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect([...response.headers.keys()].filter((name) => /n-cache|surrogate/.test(name))).toEqual(
      [],
    );
  });

  function cached(headers: Record<string, string>): Response {
    return Response.json({}, { headers });
  }
});

test('the rest of a response stays: status, type, body and every cookie', async () => {
  const { response } = await call({ who: 'alice' }, () => {
    const headers = new Headers({ 'Content-Type': 'text/csv' });
    headers.append('Set-Cookie', 'a=1');
    headers.append('Set-Cookie', 'b=2');
    return new Response('a;b', { status: 201, headers });
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([201, 'text/csv']);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(await response.text()).toBe('a;b');
});

test('an error of the handler reaches Next, which logs it and sends an empty 500', async () => {
  const failed = call({ who: 'alice' }, () => {
    throw new Error('the database password is hunter2');
  });
  await expect(failed).rejects.toThrow('hunter2');
});
