import { expect, test } from 'vitest';
import type { Attempt } from '@/lib/cognito/protocol/sign-in';
import { ATTEMPT_LIFETIME, createAttemptStore } from '@/lib/cognito/session/attempts';
import { browser, config, NOW, OTHER_SECRET } from './support';

// iron-session checks a seal's expiry by the system clock.
const TODAY = Math.floor(Date.now() / 1000);

function attempt(tab: number, returnTo = `/tab/${tab}`): Attempt {
  const text = String(tab).padStart(2, '0');
  return {
    state: `${text}-state-be-long-enough-to-be-a-state`,
    nonce: `nonce of ${tab}`,
    codeVerifier: `verifier of ${tab}`,
    returnTo,
    startedAt: TODAY + tab,
  };
}

async function remember(person: ReturnType<typeof browser>, one: Attempt, env = {}): Promise<void> {
  const jar = person.jar();
  await createAttemptStore(config(env), () => NOW).remember(jar, one);
  person.receive(jar);
}

const recall = (person: ReturnType<typeof browser>, { state }: Attempt, now = TODAY) =>
  createAttemptStore(config(), () => now).recall(person.jar(), state);

test('each tab has its own attempt, found by its state', async () => {
  const person = browser();
  for (const tab of [1, 2, 3]) await remember(person, attempt(tab));
  expect(await recall(person, attempt(2))).toEqual(attempt(2));
  expect(await recall(person, attempt(3))).toEqual(attempt(3));
  expect(await recall(person, attempt(4))).toBeNull();
});

test('five attempts are kept, and the oldest are dropped first', async () => {
  const person = browser();
  for (let tab = 1; tab <= 7; tab++) await remember(person, attempt(tab));
  expect(person.cookies.size).toBe(5);
  expect(await recall(person, attempt(2))).toBeNull();
  expect(await recall(person, attempt(3))).not.toBeNull();
});

test('a thousand planted attempts do not cause a thousand deletions', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `__Host-signin-${index}`);
  const jar = browser(new Map(names.map((name) => [name, '1']))).jar();
  await createAttemptStore(config(), () => NOW).remember(jar, attempt(1));
  expect(jar.written.length).toBeLessThanOrEqual(50);
});

test('fewer attempts with long paths are kept, but always at least one', async () => {
  const person = browser();
  for (let tab = 1; tab <= 5; tab++) {
    await remember(person, attempt(tab, `/${'x'.repeat(1000)}`));
  }
  const bytes = [...person.cookies].reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    0,
  );
  expect(bytes).toBeLessThanOrEqual(3000);
  expect(await recall(person, attempt(5))).not.toBeNull();
});

test('an attempt expires after an hour', async () => {
  expect(ATTEMPT_LIFETIME).toBe(3600);
  const person = browser();
  await remember(person, attempt(0));
  expect(await recall(person, attempt(0), TODAY + ATTEMPT_LIFETIME - 1)).not.toBeNull();
  expect(await recall(person, attempt(0), TODAY + ATTEMPT_LIFETIME)).toBeNull();
});

test('an attempt that is foreign, tampered with or misnamed is ignored', async () => {
  const person = browser();
  await remember(person, attempt(1), { SESSION_SECRET: OTHER_SECRET });
  expect(await recall(person, attempt(1))).toBeNull();

  const other = browser();
  await remember(other, attempt(1));
  const [[name = '', value = ''] = []] = other.cookies;
  other.cookies.set(name, value.replace(/.(?=.{60}$)/, '!'));
  expect(await recall(other, attempt(1))).toBeNull();

  other.cookies.set(name.replace('01-state', '02-state'), value);
  expect(await recall(other, attempt(2))).toBeNull();
  for (const seal of ['', 'garbage', 'Fe26.2*1*a*b*c**d*e~2']) {
    other.cookies.set(name, seal);
    expect(await recall(other, attempt(1))).toBeNull();
  }
});

test('finishing an attempt deletes only that one, a sign-out deletes all', async () => {
  const person = browser();
  for (const tab of [1, 2, 3]) await remember(person, attempt(tab));
  const finishing = person.jar();
  createAttemptStore(config(), () => NOW).forget(finishing, attempt(2).state);
  person.receive(finishing);
  expect(person.cookies.size).toBe(2);
  const guessing = person.jar();
  for (const state of ['', '-', 'a-be'])
    createAttemptStore(config(), () => NOW).forget(guessing, state);
  expect(guessing.written).toEqual([]);
  const leaving = person.jar();
  createAttemptStore(config(), () => NOW).forgetAll(leaving);
  person.receive(leaving);
  expect(person.cookies.size).toBe(0);
});
