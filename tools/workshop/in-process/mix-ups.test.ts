/** Codes, states and sessions that end up in the wrong browser: RFC 9700, sections 4.5 and 4.7. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cookieName, send } from '../../../tests/support/http';
import { type InProcessSite, startInProcess } from '../../../tests/support/in-process';
import { createVisitor, DOCUMENT, type Visitor } from '../../../tests/support/visitor';

let site: InProcessSite;
let victim: Visitor;
let attacker: Visitor;
beforeAll(async () => {
  site = await startInProcess();
});
afterAll(() => site.close());
beforeEach(() => {
  victim = createVisitor(site.origin);
  attacker = createVisitor(site.origin);
});

const issuer = () => encodeURIComponent(site.environment.COGNITO_ISSUER ?? '');
const exchanges = () => site.pool.requests().filter(({ path }) => path === '/oauth2/token').length;

describe("the attacker's sign-in does not become the victim's", () => {
  test('by a link to the callback of the attacker', async () => {
    const callback = await attacker.reachCallback('bob');
    for (const started of [false, true]) {
      if (started) await victim.open('/profile');
      const before = exchanges();
      const answer = await victim.open(callback);
      expect(answer.status).toBe(400);
      expect(victim.cookieNames('session')).toEqual([]);
      expect(exchanges()).toBe(before);
    }
  });

  test('in place of an existing session', async () => {
    await victim.signIn('alice');
    await victim.open(await attacker.reachCallback('bob'));
    expect((await victim.open('/profile')).body).toContain('alice@example.com');
  });

  test("by the attacker's code with the victim's state: PKCE refuses it", async () => {
    const theirs = new URL(await attacker.reachCallback('bob'));
    const own = new URL(await victim.reachCallback('alice'));
    own.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    expect((await victim.open(own.href)).status).toBe(400);
    expect(site.pool.requests().at(-1)).toMatchObject({ path: '/oauth2/token', status: 400 });
    expect(victim.cookieNames('session')).toEqual([]);
  });

  test("by a stolen code of the victim in the attacker's own attempt", async () => {
    const stolen = new URL(await victim.reachCallback('alice'));
    const own = new URL(await attacker.reachCallback('bob'));
    own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    expect((await attacker.open(own.href)).status).toBe(400);
    expect(attacker.cookieNames('session')).toEqual([]);
  });

  test('by the attempt of the attacker with the key of the victim, or with another', async () => {
    const theirs = await attacker.reachCallback('bob');
    await victim.open('/profile');
    const cookies = victim.cookies.get('localhost') ?? new Map<string, string>();
    const [name = ''] = attacker.cookieNames('signin-');
    const before = exchanges();
    for (const key of [[...cookies.values()][0] ?? '', 'A'.repeat(43)]) {
      cookies.set(name, key);
      expect((await victim.open(theirs)).status).toBe(400);
    }
    expect(victim.cookieNames('session')).toEqual([]);
    expect(exchanges()).toBe(before);
  });
});

describe('session fixation fails for an attacker', () => {
  test('who planted their own session: the sign-in replaces all of its chunks', async () => {
    for (let i = 0; i < 60; i++) site.pool.addToGroup('bob', `a-group-of-bob-${i}-${i * 7919}`);
    await attacker.signIn('bob');
    for (const [name, value] of attacker.cookies.get('localhost') ?? []) {
      if (name.startsWith('session')) plant(name, value);
    }
    plant(cookieName(site.origin, 'session.3'), 'left by the attacker');
    const page = await victim.signIn('alice', '/login?returnTo=/profile');
    expect(page.body).toContain('alice@example.com');
    expect(page.body).not.toContain('bob');
    expect(victim.cookieNames('session')).toEqual([cookieName(site.origin, 'session')]);
    expect((await attacker.open('/profile')).body).toContain('bob@example.com');
  });

  test('who planted the mark of a sign-out in the future', async () => {
    plant(cookieName(site.origin, 'signed-out'), '99999999999');
    expect((await victim.signIn('alice')).body).toContain('alice@example.com');
    expect((await victim.open('/profile')).status).toBe(200);
  });
});

describe('a callback with', () => {
  test.each([
    ['another issuer', (url: string) => `${url}&iss=https%3A%2F%2Fevil.example`],
    ['the issuer twice', (url: string) => `${url}&iss=${issuer()}&iss=${issuer()}`],
    ['an issuer that ends with a slash', (url: string) => `${url}&iss=${issuer()}%2F`],
    ['a second code', (url: string) => `${url}&code=x`],
    ['a second state', (url: string) => `${url}&state=x`],
    ['an error in addition to the code', (url: string) => `${url}&error=server_error`],
    ['the state in capitals', (url: string) => url.replace('state=', 'STATE=')],
  ])('%s is refused, and the code stays unused', async (_, change) => {
    const callback = await victim.reachCallback('alice');
    const before = exchanges();
    expect((await victim.open(change(callback))).status).toBe(400);
    expect(victim.cookieNames('session')).toEqual([]);
    expect(exchanges()).toBe(before);
  });

  test('the right issuer is accepted', async () => {
    const callback = await victim.reachCallback('alice');
    expect((await victim.follow(`${callback}&iss=${issuer()}`)).status).toBe(200);
  });

  test.each(['POST', 'PUT', 'HEAD'])('%s instead of GET does not use the code', async (method) => {
    const callback = new URL(await victim.reachCallback('alice'));
    const cookie = victim.cookieHeader();
    const before = exchanges();
    // Like `response_mode=form_post`: the parameters are in the body, or in both the URL and the body.
    for (const url of [`${site.origin}/login`, callback.href]) {
      const headers = {
        ...DOCUMENT,
        cookie,
        'sec-fetch-site': 'cross-site',
        'content-type': 'application/x-www-form-urlencoded',
      };
      const body = method === 'HEAD' ? {} : { body: callback.search.slice(1) };
      const answer = await send(url, { method, headers, ...body });
      expect(answer.setCookies).toEqual([]);
      expect(answer.status).toBe(method === 'HEAD' ? 200 : 405);
    }
    expect(exchanges()).toBe(before);
    expect((await victim.follow(callback.href)).status).toBe(200);
  });
});

describe('no number of started sign-ins pushes an attempt out', () => {
  test('a hundred by another website: the first one still ends on its page', async () => {
    const callback = await victim.reachCallback('alice', '/profile?first');
    for (let i = 0; i < 100; i++) {
      const target = `/profile?${i}${'x'.repeat(1000)}`;
      await victim.open(`/login?${new URLSearchParams({ returnTo: target })}`);
    }
    const [name = '', ...more] = victim.cookieNames('signin-');
    expect(more).toEqual([]);
    expect(`${name}=${victim.cookies.get('localhost')?.get(name)}`.length).toBeLessThan(80);
    const answer = await victim.open(callback);
    expect(answer.headers.get('location')).toBe(`${site.origin}/profile?first`);
  });

  test('fourteen tabs with 400 characters of query, restored at once, each land on their own page', async () => {
    const paths = Array.from({ length: 14 }, (_, tab) => `/profile?${tab}${'q'.repeat(400)}`);
    const starts = await Promise.all(paths.map((path) => victim.open(path)));
    for (const [tab, start] of starts.entries()) {
      const callback = await victim.reachCallback('alice', start.headers.get('location') ?? '');
      const answer = await victim.open(callback);
      expect(answer.headers.get('location')).toBe(`${site.origin}${paths[tab]}`);
    }
  });

  test('a link of 2,000 characters comes back', async () => {
    const path = `/profile?${'x'.repeat(1990)}`;
    const answer = await victim.open(await victim.reachCallback('alice', path));
    expect(answer.headers.get('location')).toBe(`${site.origin}${path}`);
  });
});

describe('an attempt that this browser cannot finish', () => {
  test('starts again automatically, for the page first requested, and only once', async () => {
    const callback = await victim.reachCallback('alice', '/profile?mine');
    victim.cookies.get('localhost')?.clear();
    const first = await victim.open(callback);
    expect(first.status).toBe(400);
    const again = /^2; url=(.+)$/.exec(first.headers.get('refresh') ?? '')?.[1] ?? '';
    expect(again).toContain('returnTo=%2Fprofile%3Fmine');
    const second = await victim.reachCallback('alice', again);
    victim.cookies.get('localhost')?.clear();
    const last = await victim.open(second);
    expect(last.status).toBe(400);
    expect(last.headers.has('refresh')).toBe(false);
    expect(last.body).toContain('returnTo=%2Fprofile%3Fmine');
  });

  test('does not start again if this site never made it', async () => {
    const answer = await victim.open('/login?code=c&state=1.a.b.c..d.e');
    expect(answer.status).toBe(400);
    expect(answer.headers.has('refresh')).toBe(false);
  });
});

function plant(name: string, value: string): void {
  const jar = victim.cookies.get('localhost') ?? new Map<string, string>();
  victim.cookies.set('localhost', jar.set(name, value));
}
