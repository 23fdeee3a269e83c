import { expect, test, vi } from 'vitest';
import { emptySessionCache } from '@/lib/cognito/memory/session-cache';
import { createIdleTimeout } from '@/lib/cognito/session/session-end';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { browser, config, mintSession, NOW } from './support';

// iron-session checks a seal's expiry by the system clock, so these sessions start today.
const TODAY = Math.floor(Date.now() / 1000);
const IDLE = { SESSION_IDLE: '2h' };
const SEEN = '__Host-seen';

async function signedIn(env = IDLE, change: { receivedAt?: number; origin_jti?: string } = {}) {
  const { receivedAt = TODAY, ...claims } = change;
  const minted = await mintSession({ iat: TODAY, id: claims, access: claims });
  const session = { ...minted, receivedAt };
  const person = browser();
  const jar = person.jar();
  await createSessionStore(config(env), () => TODAY).write(jar, session);
  person.receive(jar);
  const isIn = async (at: number) =>
    (await createSessionStore(config(env), () => at).read(person.jar())) !== null;
  /** Opens a page, and returns what that writes. */
  const view = async (at: number) => {
    const opened = person.jar();
    await createIdleTimeout(config(env), () => at).note(opened, session);
    person.receive(opened);
    return opened.written;
  };
  return { person, isIn, view };
}

test('an unused session ends after the idle time', async () => {
  const { isIn } = await signedIn();
  expect(await isIn(TODAY + 7199)).toBe(true);
  expect(await isIn(TODAY + 7200)).toBe(false);
});

test('a session in use continues, and its cookie is not rewritten on every view', async () => {
  const { isIn, view } = await signedIn();
  expect(await view(TODAY + 719)).toEqual([]);
  expect(await view(TODAY + 5000)).toMatchObject([{ name: SEEN, maxAge: 7200, httpOnly: true }]);
  expect(await isIn(TODAY + 12_199)).toBe(true);
  expect(await isIn(TODAY + 12_200)).toBe(false);
});

test('the last activity of another session, or a made-up one, does not extend the session', async () => {
  // It started in the same second.
  const other = await signedIn(IDLE, { origin_jti: 'of another sign-in' });
  await other.view(TODAY + 5000);
  const { person, isIn } = await signedIn();
  for (const seen of [other.person.cookies.get(SEEN) ?? '', 'garbage', String(TODAY + 9000)]) {
    person.cookies.set(SEEN, seen);
    expect(await isIn(TODAY + 7200)).toBe(false);
  }
});

test('a refresh counts as activity, even if the last recorded activity is older', async () => {
  const before = await signedIn();
  await before.view(TODAY + 1000);
  const { person, isIn } = await signedIn(IDLE, { receivedAt: TODAY + 3000 });
  person.cookies.set(SEEN, before.person.cookies.get(SEEN) ?? '');
  expect(await isIn(TODAY + 10_199)).toBe(true);
  expect(await isIn(TODAY + 10_200)).toBe(false);
});

test('without SESSION_IDLE a session may stay unused for its whole lifetime', async () => {
  const { isIn, view } = await signedIn({ SESSION_IDLE: '' });
  expect(await view(TODAY + 86_400)).toEqual([]);
  expect(await isIn(TODAY + 29 * 86_400)).toBe(true);
});

test('the cookie of the last activity is opened once, and again only when it changes', async () => {
  const { person, view } = await signedIn();
  const cache = emptySessionCache();
  const store = createSessionStore(config(IDLE), () => TODAY + 6000, cache);
  const endsAt = async () => {
    const session = await store.read(person.jar());
    return session && (await store.idle.endOf(person.jar(), session)).endsAt;
  };
  await view(TODAY + 1000);
  expect(await endsAt()).toBe(TODAY + 1000 + 7200);
  const opened = vi.spyOn(crypto.subtle, 'decrypt');
  expect(await endsAt()).toBe(TODAY + 1000 + 7200);
  expect(opened).not.toHaveBeenCalled();
  await view(TODAY + 5000);
  opened.mockClear();
  expect(await endsAt()).toBe(TODAY + 5000 + 7200);
  expect(opened).toHaveBeenCalledOnce();
  opened.mockRestore();
});

const session = await mintSession({ iat: TODAY });

async function endOf(env: Record<string, string>, times = session, visits: number[] = []) {
  const person = browser();
  for (const at of visits) {
    const jar = person.jar();
    await createIdleTimeout(config(env), () => at).note(jar, times);
    person.receive(jar);
  }
  return createIdleTimeout(config(env), () => NOW).endOf(person.jar(), times);
}

test('a session ends its lifetime after sign-in, with a warning ten minutes ahead', async () => {
  expect(await endOf({ SESSION_LIFETIME: '12h' })).toEqual({
    endsAt: TODAY + 43_200,
    endsBy: 'lifetime',
    endsSoonFrom: TODAY + 42_600,
  });
});

test('a refresh does not change when a session ends', async () => {
  const refreshed = { ...session, receivedAt: TODAY + 3600 };
  expect((await endOf({ SESSION_LIFETIME: '12h' }, refreshed)).endsAt).toBe(TODAY + 43_200);
});

test('a short session has a warning in its last tenth', async () => {
  const { endsSoonFrom, endsAt } = await endOf({ SESSION_LIFETIME: '30m' });
  expect(endsAt - endsSoonFrom).toBe(180);
});

test('an unused session ends after the idle time, counted from the last activity', async () => {
  const idle = await endOf({ SESSION_IDLE: '2h' }, session, [TODAY + 3600]);
  expect(idle).toEqual({ endsAt: TODAY + 10_800, endsBy: 'idle', endsSoonFrom: TODAY + 10_200 });
});

test('the end that comes first is reported', async () => {
  const env = { SESSION_IDLE: '2h', SESSION_LIFETIME: '3h' };
  expect((await endOf(env)).endsBy).toBe('idle');
  expect((await endOf(env, session, [TODAY + 7000])).endsBy).toBe('lifetime');
});
