import { expect, test } from 'vitest';
import { createIdleTimeout } from '@/lib/cognito/session/session-end';
import { browser, config, mintSession, NOW } from './support';

const TODAY = Math.floor(Date.now() / 1000);
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
