/**
 * What each kind of request costs the server, counted instead of timed: the built site reports how often it derives a
 * key, opens a seal, verifies a signature and calls the user pool. The counts are exact: when a request becomes
 * cheaper, its row must change too, so that it stays cheap.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '@/tests/support/built-site';
import type { Answer } from '@/tests/support/http';
import { createVisitor, FETCH, type Visitor } from '@/tests/support/visitor';
import { formOf } from '@/tools/setup/proxy/form';
import { forgedSession } from '@/tools/workshop/support/forged-session';
import {
  type CountedSite,
  startCountedSite,
  sum,
  type Work,
  type WorkDone,
} from '@/tools/workshop/support/work';
import { namedCookies } from '../../../tests/support/http';

const ROUTER = { ...FETCH, rsc: '1', 'next-url': '/' };
const FOREIGN_CALLBACK = `/login?code=c&state=${'s'.repeat(43)}`;

let site: CountedSite;
let first: WorkDone;
/** Next's router must put its headers into the URL, or it is redirected there first. */
let routerAddress: string;
beforeAll(async () => {
  site = await startCountedSite();
  await (await alice()).open('/');
  first = site.work();
  const person = await alice();
  await person.open('/api/me', FETCH);
  routerAddress = (await person.open('/profile', ROUTER)).headers.get('location') ?? '';
});
afterAll(() => site?.close());

/** Opening a valid seal, rejecting a forged one, and making a new one. */
const OPEN: Work = { derive: 2, mac: 1, unseal: 1 };
const FORGED: Work = { derive: 1, mac: 1 };
const SEAL: Work = { derive: 2, mac: 1, seal: 1 };
/** The nonce and the code verifier of an attempt. */
const SECRETS: Work = { mac: 1 };
/** Handing an opened session to the page, and taking it. */
const GIVE: Work = { seal: 1 };
const TAKE: Work = { unseal: 1 };
/** Verifying both tokens and that they belong together, or one token alone. */
const VERIFY: Work = { verify: 2, hash: 1 };
const BEARER: Work = { verify: 1 };
const CALL: Work = { fetch: 1 };
/** The PKCE challenge, the user's tag for other tabs, and what Next does for its router. */
const CHALLENGE: Work = { hash: 1 };
const TAG: Work = { hash: 1 };
const ROUTED: Work = { hash: 1 };

/** Reading a session that the process has never seen, and one that it has seen before. */
const FIRST = sum([OPEN, VERIFY]);
const AGAIN: Work = {};
/** The same in the middleware, which then hands the session to the page. */
const FIRST_AND_GIVE = sum([FIRST, GIVE]);
/**
 * Reading a session in a page or route after the middleware has read it. The Edge middleware has its own memory, so
 * the page opens what was handed over, and verifies the tokens again. A proxy runs in the same process as the pages,
 * and shares their memory.
 */
const SHARED = formOf() === 'proxy';
const FIRST_BEHIND = SHARED ? AGAIN : sum([TAKE, VERIFY]);
/** Nothing is handed to an API, which may be another server. */
const API_BEHIND = SHARED ? AGAIN : FIRST;
/** A page reads the session once, however many of its parts need it. */
const PRIVATE_FIRST = sum([FIRST_BEHIND, TAG]);
const PRIVATE_AGAIN = sum([AGAIN, TAG]);
/** The old session is opened once more before it is replaced or deleted. */
const REPLACE = sum([OPEN, SEAL]);
const DELETE = OPEN;
/** The key for handing over, once for each process. */
const KEY: Work = { derive: 1 };

/** Prepares everything, and returns the request that is counted. */
type Ready = () => Promise<() => Promise<Answer>>;
type Row = [name: string, ready: Ready, status: number, middleware: Work[], page: Work[]];

const ROWS: Row[] = [
  ['a file, signed in', by(alice, open('/icon.svg')), 200, [], []],
  ['a file, with a forged session', by(forger(4000), open('/icon.svg')), 200, [], []],
  ['a public page, signed out', by(stranger, open('/')), 200, [], []],
  ['a public page, first seen', by(alice, open('/')), 200, [FIRST_AND_GIVE], [FIRST_BEHIND, TAG]],
  ['a public page, seen before', again(open('/')), 200, [AGAIN], [AGAIN, TAG]],
  ['a public page, with a forged session', by(forger(4000), open('/')), 200, [FORGED], []],
  [
    'a private page, signed out',
    by(stranger, open('/profile')),
    307,
    [CHALLENGE, SECRETS, SEAL],
    [],
  ],
  [
    'a private page, first seen',
    by(alice, open('/profile')),
    200,
    [FIRST_AND_GIVE],
    [PRIVATE_FIRST],
  ],
  ['a private page, seen before', again(open('/profile')), 200, [AGAIN], [PRIVATE_AGAIN]],
  [
    'a private page, two cookies',
    by(large, open('/profile')),
    200,
    [FIRST_AND_GIVE],
    [PRIVATE_FIRST],
  ],
  [
    'a private page, tokens expired',
    by(expired, open('/profile')),
    200,
    [OPEN, CALL, VERIFY, REPLACE],
    [FIRST, TAG],
  ],
  [
    'a page of a group, first seen',
    by(alice, open('/admin')),
    200,
    [FIRST_AND_GIVE],
    [PRIVATE_FIRST],
  ],
  ['a page of a group, seen before', again(open('/admin')), 200, [AGAIN], [PRIVATE_AGAIN]],
  ['a page of another group', by(bob, open('/admin')), 403, [FIRST_AND_GIVE], [FIRST_BEHIND, TAG]],
  ['the router, first seen', by(alice, router), 200, [FIRST_AND_GIVE], [PRIVATE_FIRST, ROUTED]],
  ['the router, seen before', again(router), 200, [AGAIN], [PRIVATE_AGAIN, ROUTED]],
  ['the router, signed out', by(stranger, router), 200, [], []],
  ['the API, signed out', by(stranger, me), 401, [], []],
  ['the API, first seen', by(alice, me), 200, [FIRST], [API_BEHIND]],
  ['the API, seen before', again(me), 200, [AGAIN], [AGAIN]],
  ['the API, with a bearer token', byBearer(), 200, [BEARER], [BEARER]],
  ['the API, with a forged bearer token', byBearer('AAAA'), 401, [BEARER], []],
  ['the API, with garbage of 4 kB', by(garbage, me), 401, [], []],
  ['the API, with a forged session, 4 kB', by(forger(4000), me), 401, [FORGED], []],
  ['the API, with a forged session, 12 kB', by(forger(12_000, 3500), me), 401, [FORGED], []],
  ['the API, with a forged session, 180 chunks', by(forger(8000, 46), me), 401, [], []],
  ['refresh now', by(alice, refreshNow), 303, [OPEN, CALL, VERIFY, REPLACE], []],
  ['sign-in, the link', by(stranger, open('/login')), 307, [], [CHALLENGE, SECRETS, SEAL]],
  ['sign-in, the callback', byCallback, 303, [], [OPEN, SECRETS, CALL, VERIFY, SEAL]],
  ['sign-in, a callback without an attempt', by(stranger, open(FOREIGN_CALLBACK)), 400, [], []],
  ['sign-out', by(alice, signOut()), 303, [OPEN], [OPEN, CALL, DELETE]],
  ['the API, with a copy of a signed-out session', by(copied, me), 200, [FIRST], [API_BEHIND]],
  ['sign-out everywhere', by(alice, signOut('yes')), 303, [OPEN], [FIRST, CALL, DELETE]],
];

describe('what it costs:', () => {
  test.each(ROWS)('%s', async (_, ready, status, middleware, page) => {
    const ask = await ready();
    site.work();
    const before = site.pool.requests().length;
    expect((await ask()).status).toBe(status);
    const done = site.work();
    expect(done).toEqual({ middleware: sum(middleware), page: sum(page) });
    // The probe has seen every call to the pool.
    expect(site.pool.requests().length - before).toBe(fetches(done));
  });

  test('the very first page, which fetches the keys once for each memory', () => {
    // A proxy shares its memory with the pages.
    const page = SHARED ? [AGAIN, TAG] : [KEY, TAKE, VERIFY, TAG, CALL];
    expect(first).toEqual({ middleware: sum([FIRST_AND_GIVE, KEY, CALL]), page: sum(page) });
  });
});

test('no page view calls the user pool, signed in or not, but those of the account', async () => {
  const { pages: all } = await routes();
  const pages = all.filter((path) => !path.startsWith('/account'));
  expect(pages.length).toBeGreaterThan(5);
  site.work();
  for (const visitor of [await alice(), await bob(), await stranger()]) {
    for (const path of pages) {
      await visitor.open(path);
      expect(fetches(site.work()), path).toBe(0);
    }
  }
});

function fetches({ middleware, page }: WorkDone): number {
  return (middleware.fetch ?? 0) + (page.fetch ?? 0);
}

type Who = () => Promise<Visitor>;
type Ask = (visitor: Visitor) => Promise<Answer>;

function by(who: Who, ask: Ask): Ready {
  return async () => {
    const visitor = await who();
    return () => ask(visitor);
  };
}

/** The same request a second time, with the same session. */
function again(ask: Ask): Ready {
  return async () => {
    const visitor = await alice();
    await ask(visitor);
    return () => ask(visitor);
  };
}

/** Without a session; `end` replaces the end of the signature. */
function byBearer(end = ''): Ready {
  return async () => {
    const { access_token: token } = await site.pool.mint('alice');
    const bearer = `${token.slice(0, token.length - end.length)}${end}`;
    const visitor = await stranger();
    return () => visitor.open('/api/me', { ...FETCH, authorization: `Bearer ${bearer}` });
  };
}

async function byCallback(): Promise<() => Promise<Answer>> {
  const visitor = await stranger();
  const callback = await visitor.reachCallback('alice');
  return () => visitor.open(callback);
}

function open(path: string): Ask {
  return (visitor) => visitor.open(path);
}

function router(visitor: Visitor): Promise<Answer> {
  return visitor.open(routerAddress, ROUTER);
}

function me(visitor: Visitor): Promise<Answer> {
  return visitor.open('/api/me', FETCH);
}

function refreshNow(visitor: Visitor): Promise<Answer> {
  return visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
}

function signOut(everywhere?: 'yes'): Ask {
  return (visitor) => visitor.post('/logout', everywhere ? { everywhere } : {});
}

async function stranger(): Promise<Visitor> {
  return createVisitor(site.origin);
}

function alice(): Promise<Visitor> {
  return site.visitorWith({ username: 'alice' });
}

function bob(): Promise<Visitor> {
  return site.visitorWith({ username: 'bob' });
}

function expired(): Promise<Visitor> {
  return site.visitorWith({ username: 'alice', ago: 7200 });
}

/** A copy of a session that was read and signed out: the process no longer caches it, but its cookie still opens. */
async function copied(): Promise<Visitor> {
  const visitor = await alice();
  const session = visitor.cookieHeader().replace(/^session[^=]*=/, '');
  await me(visitor);
  await signOut()(visitor);
  return withCookies(namedCookies(site.origin, { session }));
}

async function large(): Promise<Visitor> {
  const visitor = await site.visitorWith({ username: 'alice', padding: 1500 });
  expect(visitor.cookieNames('session')).toHaveLength(2);
  return visitor;
}

async function garbage(): Promise<Visitor> {
  return withCookies(namedCookies(site.origin, { session: 'x'.repeat(4000) }));
}

/** A visitor with a forged seal; `length` and `piece` in characters. */
function forger(length: number, piece?: number): Who {
  return async () => {
    const session = (await alice()).cookieHeader().replace(/^session[^=]*=/, '');
    return withCookies(namedCookies(site.origin, forgedSession(session, length, piece)));
  };
}

function withCookies(cookies: Map<string, string>): Visitor {
  return createVisitor(site.origin, new Map([['localhost', cookies]]));
}
