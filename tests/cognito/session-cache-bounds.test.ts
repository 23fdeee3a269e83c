/** How many of the opened sessions a process keeps, and for how long. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import {
  type CacheKey,
  emptySessionCache,
  getCached,
  setCached,
} from '@/lib/cognito/memory/session-cache';
import type { Session } from '@/lib/cognito/session/session';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { browser, config, mintSession } from './support';

// iron-session checks a seal's expiry by the system clock, so these sessions start today.
const TODAY = Math.floor(Date.now() / 1000);

/** A session with this many characters, half of them in its refresh token, that expires at `exp`. */
function made(characters: number, exp = TODAY + 3600): Session {
  const token = `e30.${btoa(JSON.stringify({ exp })).replace(/=+$/, '')}.`.padEnd(
    characters / 4,
    'A',
  );
  const refreshToken = 'r'.repeat(characters / 2);
  const times = { signedInAt: TODAY, receivedAt: TODAY };
  return { idToken: token, accessToken: token, refreshToken, ...times };
}

/** The key of cookies that end like this. */
const keyOf = (end: string): CacheKey => ({ end, configuration: 'secret', hash: [1, 2] });

describe('the session cache', () => {
  test('holds five hundred sessions, and drops the least recently used first', () => {
    const memory = emptySessionCache();
    const key = (n: number) => keyOf(String(n));
    for (let n = 0; n < 500; n++) setCached(memory, key(n), made(400));
    expect(getCached(memory, key(0), TODAY)).toEqual(made(400));
    for (let n = 500; n < 510; n++) setCached(memory, key(n), made(400));
    expect([memory.sessions.size, memory.characters]).toEqual([500, 200_000]);
    expect(getCached(memory, key(0), TODAY)).toEqual(made(400));
    expect(getCached(memory, key(10), TODAY)).toBeUndefined();
    expect(getCached(memory, key(11), TODAY)).toEqual(made(400));
  });

  test('holds two and a half million characters of tokens, and no larger session', () => {
    const memory = emptySessionCache();
    for (const end of ['a', 'b', 'c']) setCached(memory, keyOf(end), made(1_200_000));
    expect([...memory.sessions.keys()]).toEqual(['b', 'c']);
    expect(memory.characters).toBe(2_400_000);
    setCached(memory, keyOf('d'), made(100_000));
    expect([...memory.sessions.keys()]).toEqual(['b', 'c', 'd']);
    setCached(memory, keyOf('e'), made(2_500_004));
    expect([memory.sessions.size, memory.characters]).toEqual([0, 0]);
  });

  test('takes the memory of a session once, however long its cookies are', async () => {
    const memory = emptySessionCache();
    const session = await mintSession({ iat: TODAY });
    const person = browser();
    const jar = person.jar();
    await createSessionStore(config(), () => TODAY).write(jar, session);
    person.receive(jar);
    const [[name, seal] = ['', '']] = person.cookies;
    // iron-session ignores everything after the first tilde, so a client can make its cookies longer
    // and choose their ends. Each of these is an entry of its own.
    const padded = (n: number) =>
      `${seal}~${'x'.repeat(15_000)}${n}`.padEnd(seal.length + 15_045, 'x');
    const read = (n: number) =>
      createSessionStore(config(), () => TODAY, memory).read(
        browser(new Map([[name, padded(n)]])).jar(),
      );
    for (let n = 0; n < 20; n++) await read(n);
    const before = heapBytes();
    for (let n = 20; n < 120; n++) await read(n);
    const each = (heapBytes() - before) / 100;
    expect(memory.sessions.size).toBe(120);
    // The tokens, and what was parsed of them.
    expect(each).toBeLessThan(10_000);
  });

  test('counts a session once if three requests open it at once', async () => {
    const memory = emptySessionCache();
    const session = await mintSession({ iat: TODAY });
    const person = browser();
    const jar = person.jar();
    await createSessionStore(config(), () => TODAY).write(jar, session);
    person.receive(jar);
    const read = () => createSessionStore(config(), () => TODAY, memory).read(person.jar());
    expect(await Promise.all([read(), read(), read()])).toEqual([session, session, session]);
    expect(memory.sessions.size).toBe(1);
    const { idToken, accessToken, refreshToken } = session;
    expect(memory.characters).toBe(`${idToken}${accessToken}${refreshToken}`.length);
  });

  test('drops expired tokens within a minute, even if no request needs them', () => {
    const memory = emptySessionCache();
    setCached(memory, keyOf('over'), made(400, TODAY + 100));
    setCached(memory, keyOf('not over'), made(400, TODAY + 101));
    getCached(memory, keyOf('anything'), TODAY + 99);
    expect([...memory.sessions.keys()]).toEqual(['over', 'not over']);
    getCached(memory, keyOf('anything'), TODAY + 158);
    expect([...memory.sessions.keys()]).toEqual(['over', 'not over']);
    getCached(memory, keyOf('anything'), TODAY + 159);
    expect([memory.sessions.size, memory.characters]).toEqual([0, 0]);
  });

  test('keeps valid tokens when it drops expired ones', () => {
    const memory = emptySessionCache();
    setCached(memory, keyOf('over'), made(400, TODAY + 100));
    setCached(memory, keyOf('not over'), made(400, TODAY + 101));
    getCached(memory, keyOf('anything'), TODAY + 100);
    expect([...memory.sessions.keys()]).toEqual(['not over']);
    expect(memory.characters).toBe(400);
  });

  test('drops expired tokens even after a clock was far ahead for a moment', () => {
    const memory = emptySessionCache();
    getCached(memory, keyOf('anything'), TODAY + 1e9);
    setCached(memory, keyOf('over'), made(400, TODAY + 100));
    getCached(memory, keyOf('anything'), TODAY);
    getCached(memory, keyOf('anything'), TODAY + 160);
    expect(memory.sessions.size).toBe(0);
  });
});

/** What is in use after a garbage collection, in bytes. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('There is no gc().');
  for (let time = 0; time < 3; time++) collect();
  return process.memoryUsage().heapUsed;
}
