import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Fault } from '@/lib/local-pool/src/faults';
import { comeBack } from '../support/expired';
import { type InProcessSite, startInProcess, startInstance } from '../support/in-process';
import { type ClosablePort, hurry, openClosablePort } from '../support/outage';
import { createVisitor, FETCH } from '../support/visitor';

/** Everything that can go wrong with an endpoint. */
const FAULTS: [string, Fault | 'refused'][] = [
  ['refuses connections', 'refused'],
  ['resets connections', { reset: true }],
  ['hangs', { hang: true }],
  ['is very slow', { delayMs: 6000 }],
  ['returns 500', { status: 500 }],
  ['returns 502 with HTML', { status: 502, body: '<html>Bad gateway</html>' }],
  ['returns 429', { status: 429, headers: { 'retry-after': '7' } }],
  ['returns 200 with garbage', { status: 200, body: 'garbage' }],
  ['returns 200 with half a body', { status: 200, body: '{"id_token":"eyJraWQiOi' }],
];

const TOKEN = '/oauth2/token';
const KEYS = '/us-east-1_LocalPool/.well-known/jwks.json';

let port: ClosablePort;
let site: InProcessSite;
beforeAll(async () => {
  // The site reaches its pool through a port that the tests can close.
  port = await openClosablePort(() => Number(new URL(site.pool.settings.domain).port));
  const issuer = `${port.origin}/us-east-1_LocalPool`;
  site = await startInProcess({ pool: { issuer }, env: { COGNITO_DOMAIN: port.origin } });
});
afterEach(async () => {
  endHurry();
  vi.useRealTimers();
  for (const path of [TOKEN, KEYS]) site.pool.fault(path, null);
  await port.open();
});
afterAll(async () => {
  await site.close();
  await port.shut();
});

let endHurry = () => {};

async function breakDown(path: string, fault: Fault | 'refused'): Promise<void> {
  endHurry = hurry();
  if (fault === 'refused') await port.shut();
  else site.pool.fault(path, fault);
}

async function endFault(path: string): Promise<void> {
  site.pool.fault(path, null);
  await port.open();
  endHurry();
  endHurry = () => {};
  // After this, no request joins a call that still hangs.
  vi.setSystemTime(Date.now() + 1000);
}

/** Disables all time-outs during a request, so that a request that waits for one never ends. */
async function withoutTimeOut<T>(ask: () => Promise<T>): Promise<T> {
  const never = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(new AbortController().signal);
  return ask().finally(() => never.mockRestore());
}

describe('a token endpoint that', () => {
  test.each(FAULTS)(
    '%s: an expired session is kept, and works as soon as the endpoint does',
    async (_, fault) => {
      const visitor = await comeBack(site);
      await breakDown(TOKEN, fault);
      const page = await visitor.open('/profile');
      expect(page.status).toBe(503);
      expect(page.body).toContain('You have not been signed out');
      expect(page.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(page.setCookies).toEqual([]);

      // The outage is known by now, so requests no longer wait for the time-out.
      await visitor.open('/api/me', FETCH);
      const api = await withoutTimeOut(() => visitor.open('/api/me', FETCH));
      expect([api.status, JSON.parse(api.body)]).toEqual([
        503,
        { error: 'temporarily_unavailable' },
      ]);
      const landing = await visitor.open('/');
      expect(landing.status).toBe(200);
      expect(landing.body).toContain('can’t tell right now');

      await endFault(TOKEN);
      const back = await visitor.open('/api/me', FETCH);
      expect(back.status).toBe(200);
      expect(JSON.parse(back.body).exp).toBeGreaterThan(Date.now() / 1000);
    },
  );

  test.each(FAULTS)('%s has no effect while the tokens are valid', async (_, fault) => {
    // Half a minute before they expire: a refresh is due already.
    const visitor = await comeBack(site, { ago: 3570 });
    await breakDown(TOKEN, fault);
    const page = await visitor.open('/profile');
    expect([page.status, page.setCookies]).toEqual([200, []]);
    expect((await visitor.open('/api/me', FETCH)).status).toBe(200);
    await endFault(TOKEN);
    expect((await visitor.open('/profile')).setCookies.length).toBeGreaterThan(0);
  });

  test('says when to retry is obeyed', async () => {
    const visitor = await comeBack(site);
    site.pool.fault(TOKEN, { status: 429, headers: { 'retry-after': '7' } });
    expect((await visitor.open('/profile')).headers.get('retry-after')).toBe('7');
    expect((await visitor.open('/api/me', FETCH)).headers.get('retry-after')).toBe('7');
    await endFault(TOKEN);
    expect((await visitor.open('/profile')).status).toBe(200);
  });

  test('fails once is called again, and one that is down is not', async () => {
    const calls = () => site.pool.requests().filter(({ path }) => path === TOKEN).length;
    const visitor = await comeBack(site);
    let before = calls();
    site.pool.fault(TOKEN, { status: 500, times: 1 });
    expect((await visitor.open('/profile')).status).toBe(200);
    expect(calls() - before).toBe(2);

    const other = await comeBack(site);
    site.pool.fault(TOKEN, { status: 500 });
    await other.open('/profile');
    before = calls();
    await other.open('/profile');
    expect(calls() - before).toBe(1);
    await endFault(TOKEN);
  });

  test('hangs is called by one request at a time', async () => {
    const people = await Promise.all([1, 2].map(() => comeBack(site)));
    const [first] = people;
    await breakDown(TOKEN, { hang: true });
    await first?.open('/profile');
    // Use real time from here on, so that all requests arrive before the first one gives up.
    endHurry();
    vi.setSystemTime(Date.now() + 1000);
    const before = site.pool.requests().length;
    const crowd = people.flatMap((person) => Array.from({ length: 8 }, () => person.clone()));
    const answers = await Promise.all(crowd.map((person) => person.open('/api/me', FETCH)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([503]));
    expect(site.pool.requests().length - before).toBe(1);
    await endFault(TOKEN);
  });
});

describe('a key set that', () => {
  const path = KEYS;
  let fresh: Awaited<ReturnType<typeof startInstance>>;

  /** An instance that has not fetched any keys. */
  async function newcomer() {
    fresh = await startInstance(site.environment);
  }

  test.each(FAULTS)('%s has no effect on an instance that has keys', async (_, fault) => {
    const visitor = await comeBack(site, { ago: 10 });
    expect((await visitor.open('/profile')).status).toBe(200);
    await breakDown(path, fault);
    expect((await visitor.open('/profile')).status).toBe(200);
    expect((await visitor.open('/api/me', FETCH)).status).toBe(200);
    await endFault(path);
  });

  test.each(FAULTS)(
    '%s keeps the session in an instance that has none, until it is back',
    async (_, fault) => {
      const visitor = await comeBack(site, { ago: 10 });
      await newcomer();
      try {
        await breakDown(path, fault);
        const elsewhere = createVisitor(fresh.origin, visitor.cookies);
        const page = await elsewhere.open('/profile');
        expect([page.status, page.setCookies]).toEqual([503, []]);
        const api = await withoutTimeOut(() => elsewhere.open('/api/me', FETCH));
        expect(api.status).toBe(503);
        expect((await elsewhere.open('/')).body).toContain('can’t tell right now');
        await endFault(path);
        expect((await elsewhere.open('/profile')).status).toBe(200);
      } finally {
        await fresh.close();
      }
    },
  );

  test('has new keys is fetched once, and no user notices', async () => {
    const visitor = await comeBack(site, { ago: 10 });
    await visitor.open('/profile');
    const other = await comeBack(site, { ago: 10 });
    expect((await other.open('/profile')).setCookies).toEqual([]);
    await site.pool.rotateKeys();
    expect((await visitor.open('/profile')).status).toBe(200);
    const old = JSON.parse((await visitor.open('/api/me', FETCH)).body);
    const before = site.pool.requests().filter((request) => request.path === path).length;
    const answer = await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect(answer.status).toBe(303);
    expect((await visitor.open('/profile')).status).toBe(200);
    // Recently fetched keys don't prevent a fetch of the new ones.
    const fresh = JSON.parse((await visitor.open('/api/me', FETCH)).body);
    expect(fresh).toMatchObject({ sub: old.sub, jti: expect.not.stringMatching(old.jti) });
    // At most one fetch by the middleware, and one by the pages and routes, which share their keys.
    const fetches = site.pool.requests().filter((request) => request.path === path).length - before;
    expect(fetches).toBeLessThanOrEqual(2);
    // Cached sessions are verified again with the new keys, and get tokens signed with them.
    const page = await other.open('/profile');
    expect(page.status).toBe(200);
    expect(page.setCookies.join()).toContain('session');
    expect((await other.open('/api/me', FETCH)).status).toBe(200);
  });
});
