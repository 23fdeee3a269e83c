import { expect, test } from 'vitest';
import { isCallback, readCallback } from '@/lib/cognito/protocol/sign-in';
import {
  ATTEMPT_LIFETIME,
  createAttemptStore,
  type Purpose,
  type Recalled,
} from '@/lib/cognito/session/attempts';
import { browser, config, ISSUER, NOW, OTHER_SECRET } from './support';

type Browser = ReturnType<typeof browser>;

async function start(visitor: Browser, purpose: Partial<Purpose> = {}, env = {}, now = NOW) {
  const jar = visitor.jar();
  const store = createAttemptStore(config(env), () => now);
  const attempt = await store.start(jar, { returnTo: '/profile', ...purpose });
  visitor.receive(jar);
  return attempt;
}

const recall = (visitor: Browser, state: string, now = NOW): Promise<Recalled | null> =>
  createAttemptStore(config(), () => now).recall(visitor.jar(), state);

const bytesOf = ({ cookies }: Browser) => [...cookies].flat().join('').length;

test('an attempt comes back as it was, with its page and its age', async () => {
  const visitor = browser();
  const attempt = await start(visitor, { returnTo: '/orders?page=2', maxAge: 300 });
  expect(attempt).toMatchObject({ returnTo: '/orders?page=2', maxAge: 300, startedAt: NOW });
  const recalled = await recall(visitor, attempt.state);
  expect(recalled).toEqual({ own: true, attempt });
});

test('a hundred tabs with long addresses each find their own attempt, and the browser keeps one small cookie', async () => {
  const visitor = browser();
  const attempts = [];
  for (let tab = 0; tab < 100; tab++) {
    attempts.push(await start(visitor, { returnTo: `/tab/${tab}?${'q'.repeat(1900)}` }));
  }
  expect(visitor.cookies.size).toBe(1);
  expect(bytesOf(visitor)).toBeLessThan(80);
  for (const attempt of [attempts[0], attempts[50], attempts[99]]) {
    expect(await recall(visitor, attempt?.state ?? '')).toMatchObject({ own: true, attempt });
  }
  expect(new Set(attempts.map(({ state }) => state)).size).toBe(100);
  expect(new Set(attempts.map(({ nonce }) => nonce)).size).toBe(100);
  expect(new Set(attempts.map(({ codeVerifier }) => codeVerifier)).size).toBe(100);
});

test('tabs that a browser restores at the same moment each find their own attempt', async () => {
  const visitor = browser();
  const store = createAttemptStore(config(), () => NOW);
  // Every request goes out before the first response sets a cookie.
  const tabs = Array.from({ length: 14 }, (_, tab) => ({ jar: visitor.jar(), tab }));
  const started = await Promise.all(
    tabs.map(async ({ jar, tab }) => ({
      jar,
      attempt: await store.start(jar, { returnTo: `/${tab}` }),
    })),
  );
  for (const { jar } of started) visitor.receive(jar);
  for (const { attempt } of started) {
    expect(await recall(visitor, attempt.state)).toMatchObject({ own: true, attempt });
  }
  // From now on there is a key, and no later attempt adds another.
  const before = visitor.cookies.size;
  for (let more = 0; more < 20; more++) await start(visitor);
  expect(visitor.cookies.size).toBe(before);
});

test('the browser keeps the key for an hour after the last attempt', async () => {
  const visitor = browser();
  await start(visitor);
  const jar = visitor.jar();
  await createAttemptStore(config(), () => NOW + 1800).start(jar, { returnTo: '/' });
  expect(jar.written).toMatchObject([{ maxAge: ATTEMPT_LIFETIME }]);
  expect(ATTEMPT_LIFETIME).toBe(3600);
});

test('an attempt expires after an hour, and still says where it was going', async () => {
  const visitor = browser();
  const { state } = await start(visitor);
  expect(await recall(visitor, state, NOW + ATTEMPT_LIFETIME - 1)).toMatchObject({ own: true });
  expect(await recall(visitor, state, NOW + ATTEMPT_LIFETIME)).toEqual({
    own: false,
    returnTo: '/profile',
    restarted: false,
    host: undefined,
  });
});

test('an attempt of another browser is not recognized', async () => {
  const [attacker, victim] = [browser(), browser()];
  const { state } = await start(attacker);
  expect(await recall(victim, state)).toMatchObject({ own: false });
  await start(victim);
  expect(await recall(victim, state)).toMatchObject({ own: false });
  // Not even under the name of the attacker's cookie.
  const [name = ''] = attacker.cookies.keys();
  for (const value of [[...victim.cookies.values()][0] ?? '', 'A'.repeat(43), '', 'short']) {
    expect(await recall(browser(new Map([[name, value]])), state)).toMatchObject({ own: false });
  }
});

test('a state that this site did not seal is no attempt', async () => {
  const visitor = browser();
  const { state } = await start(visitor);
  const foreign = await start(visitor, {}, { SESSION_SECRET: OTHER_SECRET });
  expect(await recall(visitor, foreign.state)).toBeNull();
  for (let at = 0; at < state.length; at += 11) {
    const other = state[at] === 'A' ? 'B' : 'A';
    expect(await recall(visitor, `${state.slice(0, at)}${other}${state.slice(at + 1)}`)).toBeNull();
  }
  for (const junk of ['', '.', '......', 'the-state', 'x'.repeat(8000), '*'.repeat(50), '\0']) {
    expect(await recall(visitor, junk)).toBeNull();
  }
});

test('the URL reveals neither the page nor a secret, and its state survives user pools that mangle other characters', async () => {
  const { state, nonce, codeVerifier } = await start(browser(), { returnTo: '/private?plan=gold' });
  expect(state).toMatch(/^[\w.-]+$/);
  for (const secret of ['private', 'gold', nonce, codeVerifier])
    expect(state).not.toContain(secret);
  const query = new URLSearchParams({ code: 'c', state });
  expect(isCallback(query)).toBe(true);
  expect(readCallback(query, ISSUER).state).toBe(state);
});

test('the longest page still makes a state that Cognito and CloudFront accept', async () => {
  const { state } = await start(browser(), { returnTo: `/${'x'.repeat(2999)}` });
  expect(state.length).toBeLessThan(5000);
  expect(readCallback(new URLSearchParams({ code: 'c', state }), ISSUER).state).toBe(state);
});

test('an attempt that replaces another says so, and another browser sees that, too', async () => {
  const visitor = browser();
  const { state } = await start(visitor, { restarted: true });
  expect(await recall(browser(), state)).toMatchObject({ own: false, restarted: true });
});

test('an attempt that started at another host says where, and one at its own host says nothing', async () => {
  const visitor = browser();
  const own = await start(visitor, { host: 'example.com' });
  const other = await start(visitor, { host: `127.0.0.1:3000${'x'.repeat(200)}` });
  expect(await recall(browser(), own.state)).toMatchObject({ host: undefined });
  expect(await recall(browser(), other.state)).toMatchObject({
    host: `127.0.0.1:3000${'x'.repeat(86)}`,
  });
});

test('signing out deletes the keys, and no attempt of this browser works any more', async () => {
  const visitor = browser();
  const { state } = await start(visitor);
  const jar = visitor.jar();
  createAttemptStore(config(), () => NOW).forgetAll(jar);
  visitor.receive(jar);
  expect(visitor.cookies.size).toBe(0);
  expect(await recall(visitor, state)).toMatchObject({ own: false });
});

test('a thousand planted cookies do not make a thousand deletions', async () => {
  const names = Array.from(
    { length: 1000 },
    (_, index) => `__Host-signin-${String(index).padStart(8, '0')}`,
  );
  const planted = browser(new Map(names.map((name) => [name, '1'])));
  const jar = planted.jar();
  createAttemptStore(config(), () => NOW).forgetAll(jar);
  expect(jar.written.length).toBeLessThanOrEqual(50);
  // Nor do they become keys.
  const { state } = await start(planted);
  expect(await recall(planted, state)).toMatchObject({ own: true });
});
