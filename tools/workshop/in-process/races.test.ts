import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Rotation } from '@/lib/local-pool/src/settings';
import { comeBack } from '../../../tests/support/expired';
import { type Answer, send } from '../../../tests/support/http';
import { type InProcessSite, startInProcess } from '../../../tests/support/in-process';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '../../../tests/support/visitor';

let site: InProcessSite;
afterEach(async () => {
  vi.useRealTimers();
  await site.close();
});

const ROUTER = { ...FETCH, 'next-url': '/' };
const ROTATIONS: [string, Rotation | undefined][] = [
  ['off', undefined],
  ['on, with a grace period of 60 s', { graceSeconds: 60, reuseRevokesFamily: true }],
  ['on, with a grace period of 10 s', { graceSeconds: 10, reuseRevokesFamily: true }],
];
const NO_GRACE: Rotation = { graceSeconds: 0 };

const refreshes = () =>
  site.pool.requests().filter((request) => request.grantType === 'refresh_token').length;

/** The requests that a browser sends all at once when it opens a page with an expired session. */
function fifty(visitor: Visitor): { api: Promise<Answer>[]; rest: Promise<Answer>[] } {
  const times = (count: number, send: () => Promise<Answer>) => Array.from({ length: count }, send);
  return {
    api: times(20, () => visitor.open('/api/me', FETCH)),
    rest: [
      ...times(15, () => visitor.follow('/profile')),
      ...times(15, () => visitor.open('/profile', ROUTER)),
    ],
  };
}

const statuses = (answers: Answer[]) => [...new Set(answers.map((answer) => answer.status))];
const isFresh = ({ body }: Answer) => JSON.parse(body).exp > Date.now() / 1000 + 3000;

async function expectFiftyFresh(): Promise<void> {
  const { api, rest } = fifty(await comeBack(site));
  const answers = await Promise.all(api);
  expect(statuses([...answers, ...(await Promise.all(rest))])).toEqual([200]);
  expect(answers.every(isFresh)).toBe(true);
}

describe('fifty requests at once with one expired session', () => {
  test.each([...ROTATIONS, ['on, without a grace period', NO_GRACE] as const])(
    'cost one token call in one instance, and all get fresh claims: rotation %s',
    async (_, rotation) => {
      site = await startInProcess();
      site.pool.changeClient({ rotation });
      await expectFiftyFresh();
      expect(refreshes()).toBe(1);
    },
  );

  test.each(ROTATIONS)(
    'cost one token call in each of three instances: rotation %s',
    async (_, rotation) => {
      site = await startInProcess({ instances: 3 });
      site.pool.changeClient({ rotation });
      await expectFiftyFresh();
      expect(refreshes()).toBeLessThanOrEqual(3);
    },
  );

  test('in three instances without a grace period do not sign the user out', async () => {
    const cluster = await startInProcess({ instances: 3 });
    site = cluster;
    site.pool.changeClient({ rotation: NO_GRACE });
    const visitor = await comeBack(site);
    const { api, rest } = fifty(visitor);
    // Documents and requests of Next's router end on the page.
    expect(statuses(await Promise.all(rest))).toEqual([200]);
    // Only one instance has the new tokens; the others tell an API client to retry.
    for (const answer of await Promise.all(api)) {
      if (answer.status === 401) expect(answer.headers.get('retry-after')).toBe('1');
      else expect([answer.status, isFresh(answer)]).toEqual([200, true]);
    }
    for (let turn = 0; turn < 3; turn++) {
      expect((await visitor.open('/api/me', FETCH)).status).toBe(200);
    }
    expect(refreshes()).toBeLessThanOrEqual(3);
  });
});

describe('a late request with the old cookie', () => {
  test('in the same instance gets the newest session, however often it was refreshed since', async () => {
    site = await startInProcess();
    site.pool.changeClient({ rotation: NO_GRACE });
    const visitor = await comeBack(site);
    const late = visitor.clone();
    await visitor.open('/profile');
    vi.setSystemTime(Date.now() + 31_000);
    await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect(refreshes()).toBe(2);
    const answer = await late.open('/api/me', FETCH);
    expect(answer.status).toBe(200);
    expect(answer.body).toBe((await visitor.open('/api/me', FETCH)).body);
    // The late request didn't set an older session: the browser can continue with its cookie.
    await late.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect((await late.open('/profile')).status).toBe(200);
  });

  test('that fails to refresh in another instance keeps the cookie and is redirected once to try again', async () => {
    const cluster = await startInProcess({ instances: 2 });
    site = cluster;
    site.pool.changeClient({ rotation: NO_GRACE });
    const visitor = await comeBack(site);
    const late = createVisitor(cluster.instances[1] ?? '', visitor.clone().cookies);
    const winner = createVisitor(cluster.instances[0] ?? '', visitor.cookies);
    expect((await winner.open('/profile')).status).toBe(200);

    const refused = await late.open('/profile?page=2');
    expect(refused.status).toBe(307);
    expect(refused.setCookies).toEqual([]);
    const target = new URL(refused.headers.get('location') ?? '', site.origin);
    expect([target.origin, target.pathname]).toEqual([site.origin, '/profile']);

    // If the browser has the winner's cookie by then, it gets the page, at the URL that it requested.
    const inTime = createVisitor(cluster.instances[1] ?? '', winner.cookies);
    const back = await inTime.open(`${target.pathname}${target.search}`);
    expect(back.headers.get('location')).toMatch(/\/profile\?page=2$/);
    expect((await inTime.open('/profile?page=2')).status).toBe(200);

    // If it doesn't, the session has ended, and there is no redirect loop.
    const over = await late.open(`${target.pathname}${target.search}`);
    expect(over.headers.get('location')).toContain('/oauth2/authorize?');
    expect(over.setCookies.filter((line) => line.startsWith('session'))).toEqual([]);
    expect((await late.open('/api/me', FETCH)).status).toBe(401);
  });

  test('that is a Server Action is sent again with its body, and its client learns if the session has ended', async () => {
    const cluster = await startInProcess({ instances: 2 });
    site = cluster;
    site.pool.changeClient({ rotation: NO_GRACE });
    const visitor = await comeBack(site);
    const late = createVisitor(cluster.instances[1] ?? '', visitor.clone().cookies);
    const winner = createVisitor(cluster.instances[0] ?? '', visitor.cookies);
    expect((await winner.open('/profile')).status).toBe(200);
    const action = { ...FETCH, origin: cluster.origin, 'next-action': '7f' };

    // A 307 to the same origin: the browser sends method, headers and body again.
    const refused = await late.post('/profile?page=2', {}, action);
    expect(refused.status).toBe(307);
    const target = new URL(refused.headers.get('location') ?? '', site.origin);
    expect([target.origin, target.pathname]).toEqual([site.origin, '/profile']);

    const inTime = createVisitor(cluster.instances[1] ?? '', winner.cookies);
    const back = await inTime.post(`${target.pathname}${target.search}`, {}, action);
    expect(back.status).toBe(307);
    expect(back.headers.get('location')).toMatch(/\/profile\?page=2$/);
    expect((await inTime.post('/profile?page=2', {}, action)).status).toBe(200);

    const over = await late.post(`${target.pathname}${target.search}`, {}, action);
    const login = `${site.origin}/login?returnTo=%2Fprofile%3Fpage%3D2`;
    expect(over.headers.get('x-action-redirect')).toBe(login);
    expect(over.setCookies).toEqual([]);
  });

  test('that posts a form is redirected to the page of the form, to try again there', async () => {
    site = await startInProcess();
    const visitor = await comeBack(site);
    site.pool.revokeAll('alice');
    const answer = await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(/\/profile\?session-again=/);
  });
});

describe('a session-again parameter that an attacker has set', () => {
  test('has no effect, and is removed from the URL', async () => {
    site = await startInProcess();
    const visitor = await comeBack(site, { ago: 10 });
    for (const name of ['', 'AAAAAAAAAAAAAAAA', 'x'.repeat(500)]) {
      const answer = await visitor.open(`/profile?a=1&session-again=${name}`, DOCUMENT);
      expect(answer.status).toBe(307);
      expect(answer.headers.get('location')).toMatch(/\/profile\?a=1$/);
    }
    expect((await visitor.open('/profile?session-again=%2F%2Fevil.example')).status).toBe(200);
    const path = '//evil.example/?session-again=AAAAAAAAAAAAAAAA';
    const outside = await send(site.origin, { path, headers: DOCUMENT });
    expect(outside.headers.get('location') ?? '/').toMatch(/^\/(?!\/)/);
  });
});
