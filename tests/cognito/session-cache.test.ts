/** Sessions that this process has opened before: the cache must not weaken any check. */
import { type CookieJar, sealData } from 'iron-session';
import { describe, expect, test } from 'vitest';
import {
  type CacheKey,
  cacheKey,
  emptySessionCache,
  getCached,
} from '@/lib/cognito/memory/session-cache';
import { randomToken } from '@/lib/cognito/protocol/pkce';
import { createSignOutMarker } from '@/lib/cognito/session/session-end';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { browser, config, ENV, mintSession, NEWER_SECRET, NOW, OTHER_SECRET } from './support';

// iron-session checks a seal's expiry by the system clock, so these sessions start today.
const TODAY = Math.floor(Date.now() / 1000);
const LIFETIME = config().sessionLifetime;

async function signedIn(change: Parameters<typeof mintSession>[0] = {}) {
  const session = await mintSession({ iat: TODAY, ...change });
  const person = browser();
  const jar = person.jar();
  await createSessionStore(config(), () => TODAY).write(jar, session);
  person.receive(jar);
  return { session, person };
}

/** A browser whose session this process has opened before, and a function to read it again. */
async function seen(change: Parameters<typeof mintSession>[0] = {}) {
  const memory = emptySessionCache();
  const { session, person } = await signedIn(change);
  const read = (now = TODAY, env = {}, cookies = person.jar()) =>
    createSessionStore(config(env), () => now, memory).read(cookies);
  const known = await read();
  expect(known).toEqual(session);
  // If the same object is returned again, it came from the cache, without opening a seal.
  return { memory, session, person, read, known };
}

/** Too much for one cookie. */
const LARGE = { id: { noise: randomToken(600) } };
const piece = (index: number) => `__Host-session.${index}`;

/** Splits the seal into `count` chunks of about the same length, numbered from `from`. */
function cut(cookies: Map<string, string>, count: number, from = 0): void {
  const whole = [...cookies.values()].join('');
  const length = Math.ceil(whole.length / count);
  cookies.clear();
  for (let index = 0; index < count; index++) {
    cookies.set(piece(from + index), whole.slice(index * length, (index + 1) * length));
  }
}

describe('a cached session', () => {
  test('is opened once, and is the same for every request', async () => {
    const { read, known, memory } = await seen();
    expect(await read()).toBe(known);
    expect(await read(TODAY + 1800)).toBe(known);
    expect(memory.sessions.size).toBe(1);
  });

  test('cannot be changed by one request for the next', async () => {
    const { read, known } = await seen();
    expect(() => Object.assign(known ?? {}, { accessToken: 'forged' })).toThrow(TypeError);
    expect(await read()).toEqual(known);
  });

  test('ends at the end of its lifetime, to the second', async () => {
    const tokens = { exp: TODAY + 2 * LIFETIME };
    const { read, known } = await seen({ id: tokens, access: tokens });
    expect(await read(TODAY + LIFETIME - 1)).toBe(known);
    expect(await read(TODAY + LIFETIME)).toBeNull();
    // If the clock goes back, the session is valid again: nothing has removed it from the cache.
    expect(await read(TODAY + LIFETIME - 1)).toBe(known);
  });

  test('ends when it was unused for the idle time', async () => {
    const { read, person } = await seen();
    const idle = { SESSION_IDLE: '10m' };
    expect(await read(TODAY + 599, idle, person.jar())).not.toBeNull();
    expect(await read(TODAY + 600, idle, person.jar())).toBeNull();
  });

  test('is invalid once this browser has signed out, or in again, and only for this browser', async () => {
    const { read, person, known } = await seen();
    const elsewhere = browser(new Map(person.cookies));
    const jar = person.jar();
    createSignOutMarker(config(), () => TODAY + 5).signOut(jar, TODAY);
    person.receive(jar);
    expect(await read()).toBeNull();
    createSignOutMarker(config(), () => TODAY + 1).signIn(jar, TODAY + 1);
    person.receive(jar);
    expect(await read()).toBeNull();
    expect(await read(TODAY, {}, elsewhere.jar())).toBe(known);
  });

  test('is not found by the cookie of its refreshed session, or the reverse', async () => {
    const { read, person, known } = await seen();
    const before = browser(new Map(person.cookies));
    const jar = person.jar();
    const renewed = await mintSession({ iat: TODAY + 60 });
    await createSessionStore(config(), () => TODAY + 60).write(jar, renewed);
    person.receive(jar);
    expect(await read()).toEqual(renewed);
    expect(await read(TODAY, {}, before.jar())).toBe(known);
  });
});

describe('a cached session is not returned for', () => {
  const CHANGES: [string, (cookies: Map<string, string>) => void][] = [
    ['no cookie', (cookies) => cookies.clear()],
    ['an additional cookie with garbage', (cookies) => cookies.set('__Host-session', 'garbage')],
    ['only its first chunk', (cookies) => cookies.delete(piece(1))],
    ['only its last chunk', (cookies) => cookies.delete(piece(0))],
    ['chunks in another order', (cookies) => swap(cookies, piece(0), piece(1))],
    ['a chunk of it as the whole', (cookies) => swap(cookies, piece(1), '__Host-session')],
    ['its chunks, each under the next name', (cookies) => cut(cookies, 2, 1)],
    ['a truncated chunk', (cookies) => edit(cookies, 1, (text) => text.slice(0, -10))],
    ['a changed chunk', (cookies) => edit(cookies, 1, (text) => `${text.slice(0, 9)}!`)],
    ['the cookies of a site without https', (cookies) => rename(cookies, /^__Host-/)],
  ];
  test.each(CHANGES)('%s', async (_, change) => {
    const { read, person } = await seen(LARGE);
    change(person.cookies);
    expect(await read()).toBeNull();
  });

  test.each([2, 3, 4])('a change in any of %i chunks', async (count) => {
    const { session, person } = await signedIn(LARGE);
    cut(person.cookies, count);
    const memory = emptySessionCache();
    const read = (cookies: Map<string, string>) =>
      createSessionStore(config(), () => TODAY, memory).read(browser(cookies).jar());
    expect(await read(person.cookies)).toEqual(session);
    for (let index = 0; index < count; index++) {
      const changed = new Map(person.cookies);
      edit(changed, index, (text) => `${text[0] === 'A' ? 'B' : 'A'}${text.slice(1)}`);
      expect(await read(changed)).toBeNull();
    }
    if (count === 2) return;
    // With the same last chunk, whose end the session is looked up by.
    swap(person.cookies, piece(0), piece(1));
    expect(await read(person.cookies)).toBeNull();
  });

  test('chunks of two cached sessions', async () => {
    const memory = emptySessionCache();
    const [one, two] = [await signedIn(LARGE), await signedIn(LARGE)];
    const read = () => createSessionStore(config(), () => TODAY, memory).read(one.person.jar());
    expect(await read()).toEqual(one.session);
    await createSessionStore(config(), () => TODAY, memory).read(two.person.jar());
    one.person.cookies.set(piece(1), two.person.cookies.get(piece(1)) ?? '');
    expect(await read()).toBeNull();
  });

  test('a configuration that no longer has its secret', async () => {
    const { read } = await seen();
    expect(await read(TODAY, { SESSION_SECRET: OTHER_SECRET })).toBeNull();
  });

  test('a numbered secret that was removed', async () => {
    const memory = emptySessionCache();
    const [older, newer] = [OTHER_SECRET, NEWER_SECRET];
    const read = async (secrets: object) => {
      const one = config({ SESSION_SECRET: JSON.stringify(secrets) });
      return createSessionStore(one, () => TODAY, memory).read(person.jar());
    };
    const person = browser();
    const jar = person.jar();
    const one = config({ SESSION_SECRET: JSON.stringify({ 1: older }) });
    await createSessionStore(one, () => TODAY).write(jar, await mintSession({ iat: TODAY }));
    person.receive(jar);
    expect(await read({ 1: older })).not.toBeNull();
    expect(await read({ 2: newer, 1: older })).not.toBeNull();
    expect(await read({ 2: newer })).toBeNull();
  });

  test.each([
    ['app client', { COGNITO_CLIENT_ID: 'another0app0client' }],
    ['user pool', { COGNITO_ISSUER: 'https://another.example/pool' }],
  ])('another %s in this process, which opens its own', async (_, env) => {
    const { read, known } = await seen();
    const theirs = await read(TODAY, env);
    expect(theirs).not.toBe(known);
    expect(await read(TODAY, env)).toBe(theirs);
    expect(await read()).toEqual(known);
  });
});

describe('a lookup in the cache', () => {
  test('finds nothing if any character of the cookies is another, missing or added', async () => {
    const { memory, person, session } = await seen();
    const [[name, seal] = ['', '']] = person.cookies;
    const found = (text: string) =>
      getCached(memory, keyOf(browser(new Map([[name, text]])).jar()), TODAY);
    for (let at = 0; at < seal.length; at++) {
      const [start, rest] = [seal.slice(0, at), seal.slice(at + 1)];
      const flipped = String.fromCharCode(seal.charCodeAt(at) ^ 1);
      for (const other of at % 5 === 0 ? [flipped, '', `${seal[at]}${seal[at]}`] : [flipped]) {
        expect(found(`${start}${other}${rest}`), `${at}: ${other}`).toBeUndefined();
      }
      const swapped = `${start}${rest.slice(0, 1)}${seal[at]}${rest.slice(1)}`;
      if (swapped !== seal) expect(found(swapped), `${at}: swapped`).toBeUndefined();
    }
    expect(found(seal)).toEqual(session);
  });

  test('finds nothing by a part of the cookies, or by more than them', async () => {
    const { memory, person, session, read } = await seen(LARGE);
    const seal = [...person.cookies.values()].join('');
    const [one, two] = [seal.slice(0, 3000), seal.slice(3000)];
    person.cookies.set(piece(0), one).set(piece(1), two);
    expect(await read()).toEqual(session);
    const found = (...cookies: [string, string][]) =>
      getCached(memory, keyOf(browser(new Map(cookies)).jar()), TODAY);
    const mac = two.slice(-45);
    const wrong = [
      '',
      mac,
      `x${mac}`,
      two.slice(1),
      `${two}x`,
      `${two}${mac}`,
      `${one}${two}`,
      `${two}\0`,
    ];
    for (const other of wrong) {
      expect(found([piece(0), one], [piece(1), other]), other.slice(0, 60)).toBeUndefined();
      expect(found([piece(0), other], [piece(1), two]), other.slice(0, 60)).toBeUndefined();
    }
    for (const text of ['\0', 'x', mac, one, two, `${one}${two}`]) {
      for (const place of ['__Host-session', piece(2), piece(3)]) {
        expect(found([piece(0), one], [piece(1), two], [place, text]), place).toBeUndefined();
      }
    }
    for (let at = 1; at < 90; at++) {
      // The same text, cut at other places.
      const [longer, shorter] = [`${one}${two.slice(0, at)}`, two.slice(at)];
      expect(found([piece(0), longer], [piece(1), shorter]), `${at}`).toBeUndefined();
      const [less, more] = [one.slice(0, -at), `${one.slice(-at)}${two}`];
      expect(found([piece(0), less], [piece(1), more]), `-${at}`).toBeUndefined();
    }
    expect(found([piece(0), one], [piece(1), two])).toEqual(session);
  });

  test('tells two thousand cookies apart that differ in two or more characters', async () => {
    const text = randomToken(3000);
    const texts = new Set<string>();
    const hashes = new Set<string>();
    for (let n = 0; n < 2000; n++) {
      const [at, length] = [n % 50, 2 + Math.floor(n / 50)];
      const turned = [...text.slice(at, at + length)].reverse().join('');
      const changed = text.slice(0, at) + turned + text.slice(at + length);
      texts.add(changed);
      hashes.add(String(keyOf(browser(new Map([['__Host-session', changed]])).jar()).hash));
    }
    expect(texts.size).toBeGreaterThan(1900);
    expect(hashes.size).toBe(texts.size);
  });

  test('finds the right session by a cookie that ends like the seal of another', async () => {
    const memory = emptySessionCache();
    const [alice, mallory] = [await signedIn(), await signedIn()];
    const read = (cookie: string) =>
      createSessionStore(config(), () => TODAY, memory).read(
        browser(new Map([[whole, cookie]])).jar(),
      );
    const whole = '__Host-session';
    const theirs = alice.person.cookies.get(whole) ?? '';
    // iron-session ignores everything after the first tilde, so a client can choose its cookie's end.
    const own = `${mallory.person.cookies.get(whole)}~${theirs.slice(-45)}`;
    for (let n = 0; n < 2; n++) {
      expect(await read(theirs)).toEqual(alice.session);
      expect(await read(own)).toEqual(mallory.session);
    }
    expect(memory.sessions.size).toBe(1);
  });

  test('finds nothing that was opened with another secret', async () => {
    const { memory, person } = await seen();
    const key = keyOf(person.jar(), config({ SESSION_SECRET: OTHER_SECRET }));
    expect(getCached(memory, key, TODAY)).toBeUndefined();
  });

  test('adds nothing for cookies of an invalid or ended session', async () => {
    const memory = emptySessionCache();
    const { person } = await signedIn();
    const read = (now: number, jar = person.jar()) =>
      createSessionStore(config(), () => now, memory).read(jar);
    const foreign = await sealData({ t: 1, s: TODAY, r: TODAY }, { password: ENV.SESSION_SECRET });
    for (const text of ['garbage', foreign, ...Array.from({ length: 50 }, () => randomToken(99))]) {
      expect(await read(TODAY, browser(new Map([['__Host-session', text]])).jar())).toBeNull();
    }
    expect(await read(TODAY + LIFETIME)).toBeNull();
    const jar = person.jar();
    createSignOutMarker(config(), () => TODAY).signOut(jar, TODAY);
    person.receive(jar);
    expect(await read(TODAY)).toBeNull();
    expect([memory.sessions.size, memory.characters]).toEqual([0, 0]);
  });
});

test('a sign-out removes all sessions of its sign-in from the cache, and no other', async () => {
  const { memory, person, session } = await seen(LARGE);
  const refreshed = await signedIn();
  const elsewhere = { origin_jti: 'another sign-in' };
  const other = await signedIn({ id: elsewhere, access: elsewhere });
  for (const each of [refreshed, other]) {
    await createSessionStore(config(), () => TODAY, memory).read(each.person.jar());
  }
  expect(memory.sessions.size).toBe(3);
  createSessionStore(config(), () => NOW, memory).forget(session);
  expect([...memory.sessions.values()]).toMatchObject([{ session: other.session }]);
  expect(memory.characters).toBe(charactersOf(other));
  // Doing it twice does no harm.
  createSessionStore(config(), () => NOW, memory).forget(session);
  expect(memory.characters).toBe(charactersOf(other));
  expect(await createSessionStore(config(), () => TODAY, memory).read(person.jar())).toEqual(
    session,
  );
});

function charactersOf({ session }: Awaited<ReturnType<typeof signedIn>>): number {
  const { idToken, accessToken, refreshToken } = session;
  return `${idToken}${accessToken}${refreshToken}`.length;
}

function keyOf(jar: CookieJar, one = config()): CacheKey {
  const key = cacheKey(one, jar);
  if (!key) throw new Error('There is no session cookie.');
  return key;
}

function edit(cookies: Map<string, string>, index: number, change: (text: string) => string): void {
  cookies.set(piece(index), change(cookies.get(piece(index)) ?? ''));
}

function swap(cookies: Map<string, string>, one: string, other: string): void {
  const [first = '', second = ''] = [cookies.get(one), cookies.get(other)];
  cookies.set(one, second).set(other, first);
}

function rename(cookies: Map<string, string>, prefix: RegExp): void {
  for (const [name, value] of [...cookies]) {
    cookies.delete(name);
    cookies.set(name.replace(prefix, ''), value);
  }
}
