/** How many of the opened sessions a process keeps, and for how long. */
import { describe, expect, test } from 'vitest';
import {
  cacheKey,
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

describe('the session cache', () => {
  test('holds a thousand sessions, and drops the least recently used first', () => {
    const memory = emptySessionCache();
    const key = (n: number) => String(n).padStart(10);
    for (let n = 0; n < 1000; n++) setCached(memory, key(n), made(400));
    expect(getCached(memory, key(0), TODAY)).toEqual(made(400));
    for (let n = 1000; n < 1010; n++) setCached(memory, key(n), made(400));
    expect([memory.sessions.size, memory.characters]).toEqual([1000, 410_000]);
    expect(getCached(memory, key(0), TODAY)).toEqual(made(400));
    expect(getCached(memory, key(10), TODAY)).toBeUndefined();
    expect(getCached(memory, key(11), TODAY)).toEqual(made(400));
  });

  test('holds eight and a half million characters of tokens, and no larger session', () => {
    const memory = emptySessionCache();
    for (const key of ['a', 'b', 'c']) setCached(memory, key, made(4_000_000));
    expect([...memory.sessions.keys()]).toEqual(['b', 'c']);
    expect(memory.characters).toBe(8_000_002);
    setCached(memory, 'd', made(499_996));
    expect([...memory.sessions.keys()]).toEqual(['b', 'c', 'd']);
    setCached(memory, 'e', made(8_500_000));
    expect([memory.sessions.size, memory.characters]).toEqual([0, 0]);
  });

  test('counts the cookies as well, which any user can make longer', () => {
    const memory = emptySessionCache();
    for (let n = 0; n < 3000; n++) setCached(memory, `${'x'.repeat(16_000)}${n}`, made(4000));
    expect(memory.characters).toBeLessThanOrEqual(8_500_000);
    expect(memory.sessions.size).toBe(Math.floor(8_500_000 / 20_004));
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
    const key = cacheKey(config(), person.jar());
    expect(memory.characters).toBe(`${key}${idToken}${accessToken}${refreshToken}`.length);
  });

  test('drops expired tokens within a minute, even if no request needs them', () => {
    const memory = emptySessionCache();
    setCached(memory, 'over', made(400, TODAY + 100));
    setCached(memory, 'not over', made(400, TODAY + 101));
    getCached(memory, 'anything', TODAY + 99);
    expect([...memory.sessions.keys()]).toEqual(['over', 'not over']);
    getCached(memory, 'anything', TODAY + 158);
    expect([...memory.sessions.keys()]).toEqual(['over', 'not over']);
    getCached(memory, 'anything', TODAY + 159);
    expect([memory.sessions.size, memory.characters]).toEqual([0, 0]);
  });

  test('keeps valid tokens when it drops expired ones', () => {
    const memory = emptySessionCache();
    setCached(memory, 'over', made(400, TODAY + 100));
    setCached(memory, 'not over', made(400, TODAY + 101));
    getCached(memory, 'anything', TODAY + 100);
    expect([...memory.sessions.keys()]).toEqual(['not over']);
    expect(memory.characters).toBe('not over'.length + 400);
  });

  test('drops expired tokens even after a clock was far ahead for a moment', () => {
    const memory = emptySessionCache();
    getCached(memory, 'anything', TODAY + 1e9);
    setCached(memory, 'over', made(400, TODAY + 100));
    getCached(memory, 'anything', TODAY);
    getCached(memory, 'anything', TODAY + 160);
    expect(memory.sessions.size).toBe(0);
  });
});
