/** Two deployments and one registered redirect URI: production relays a preview's callback. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { relayState } from '@/lib/cognito/previews/relay';
import { namedCookies, send } from '../../../tests/support/http';
import { startInProcess } from '../../../tests/support/in-process';
import { createVisitor, DOCUMENT, FETCH } from '../../../tests/support/visitor';
import { RELAY_SECRET, startWithPreview, type WithPreview } from '../support/previews';

let both: WithPreview;
beforeAll(async () => {
  both = await startWithPreview();
});
afterAll(() => both?.close());

const tokenCalls = () =>
  both.production.pool.requests().filter(({ path }) => path === '/oauth2/token').length;
const stateOf = (origin: string, secret = RELAY_SECRET) =>
  relayState(secret, { origin, now: Date.now() / 1000, state: 'an-attempt' });
const callback = (state: string, more: Record<string, string> = { code: 'a-code' }) =>
  `${both.production.origin}/login?${new URLSearchParams({ ...more, state })}`;

describe('the relay', () => {
  test('forwards the callback without reading or setting a cookie, and does not use the code', async () => {
    const visitor = createVisitor(both.production.origin);
    const address = await visitor.reachCallback('alice', `${both.preview.origin}/profile`);
    expect(address).toMatch(`${both.production.origin}/login?`);
    const before = tokenCalls();
    visitor.cookies.set('localhost', namedCookies(both.production.origin, { session: 'rubbish' }));
    const answer = await visitor.open(address);
    expect(answer.status).toBe(303);
    expect(answer.setCookies).toEqual([]);
    expect(answer.body).toBe('');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const [from, to] = [new URL(address), new URL(answer.headers.get('location') ?? '')];
    expect(`${to.origin}${to.pathname}`).toBe(`${both.preview.origin}/login`);
    expect(Object.fromEntries(to.searchParams)).toEqual(Object.fromEntries(from.searchParams));
    expect(tokenCalls()).toBe(before);
  });

  test('does not change an existing session in production', async () => {
    const visitor = createVisitor(both.production.origin);
    await visitor.signIn('bob');
    const before = visitor.cookieHeader();
    await visitor.open(callback(await stateOf(both.preview.origin)));
    expect(visitor.cookieHeader()).toBe(before);
  });

  test('passes an error on, and the preview explains it', async () => {
    const visitor = createVisitor(both.preview.origin);
    const start = await visitor.open('/login');
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const page = await visitor.follow(callback(state, { error: 'access_denied' }));
    expect(page.url).toMatch(`${both.preview.origin}/login?`);
    expect(page.status).toBe(400);
    expect(page.body).toContain('You did not sign in');
  });

  test('does nothing for HEAD, a form post, a fetch or a prefetch', async () => {
    const url = callback(await stateOf(both.preview.origin));
    const ahead = { ...DOCUMENT, 'sec-purpose': 'prefetch;prerender' };
    for (const [method, headers, status] of [
      ['HEAD', DOCUMENT, 200],
      ['POST', DOCUMENT, 405],
      ['GET', FETCH, 401],
      ['GET', ahead, 401],
      ['GET', { ...DOCUMENT, 'sec-fetch-dest': 'iframe' }, 401],
    ] as const) {
      const answer = await send(url, { method, headers });
      expect([method, answer.status]).toEqual([method, status]);
      expect(answer.headers.get('location')).toBeNull();
    }
  });

  test.each<[string, () => Promise<string>]>([
    ['sealed with another secret', () => stateOf(both.preview.origin, 'x'.repeat(40))],
    ['for a host that is not on the list', () => stateOf('https://evil.example')],
    ['for production itself', () => stateOf(both.production.origin)],
    ['cut short', async () => (await stateOf(both.preview.origin)).slice(0, -3)],
  ])('refuses an envelope %s, with a page and a line in the log', async (_, make) => {
    const before = both.production.output().length;
    const answer = await send(callback(await make()), { headers: DOCUMENT });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('This sign-in is no longer valid');
    expect(answer.headers.get('location')).toBeNull();
    const log = () => both.production.output().slice(before);
    await expect.poll(log).toMatch(/"signIn.failed","code":"relay_refused".*\((seal|host|loop)\)/);
    expect(log()).not.toContain('evil.example');
  });
});

describe('a preview', () => {
  test('does not finish a sign-in that another browser started', async () => {
    const victim = createVisitor(both.preview.origin);
    const attacker = createVisitor(both.production.origin);
    const address = await attacker.reachCallback('bob', `${both.preview.origin}/profile`);
    const before = tokenCalls();
    const page = await victim.follow(address);
    expect([page.status, victim.cookieNames('session')]).toEqual([400, []]);
    expect(tokenCalls()).toBe(before);
  });

  test('finishes a sign-in only once, even if it is replayed', async () => {
    const visitor = createVisitor(both.preview.origin);
    const address = await visitor.reachCallback('alice');
    const thief = visitor.clone();
    expect((await visitor.follow(address)).status).toBe(200);
    expect((await thief.follow(address)).status).toBe(400);
  });

  test('does not act as a relay, although it knows the secret and the list', async () => {
    const state = await stateOf(both.production.origin);
    const query = new URLSearchParams({ code: 'x', state });
    const answer = await send(`${both.preview.origin}/login?${query}`, { headers: DOCUMENT });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  test('has sessions that are not valid in production', async () => {
    const visitor = createVisitor(both.preview.origin);
    await visitor.signIn('alice');
    const cookie = visitor.cookieHeader();
    const headers = { ...FETCH, cookie };
    expect((await send(`${both.preview.origin}/api/me`, { headers })).status).toBe(200);
    expect((await send(`${both.production.origin}/api/me`, { headers })).status).toBe(401);
  });
});

test('without the setting there is no relay: an envelope is an unknown state', async () => {
  const site = await startInProcess();
  try {
    const state = await stateOf(both.preview.origin);
    const query = new URLSearchParams({ code: 'x', state });
    const answer = await send(`${site.origin}/login?${query}`, { headers: DOCUMENT });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  } finally {
    await site.close();
  }
});
