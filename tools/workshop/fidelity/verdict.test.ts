import { expect, test } from 'vitest';
import { type Behavior, behavior, CannotShow, different } from './behavior';
import { localTarget } from './local-target';
import { judge } from './verdict';

const row = (observe: Behavior['observe'], more: Partial<Behavior> = {}) =>
  behavior({ id: 'x/y', ask: 'Asked', cognito: 'answered', source: 'dg', observe, ...more });

async function verdict(given: Behavior) {
  return await judge(given, await localTarget(given, 'confidential'));
}

test('a test user without the claim of a row does not count as a difference', async () => {
  const observe = async () => {
    throw new CannotShow('the test user has no phone');
  };
  expect(await verdict(row(observe))).toEqual({
    kind: 'not-asked',
    why: 'the test user has no phone',
  });
});

test('a token in an error message is not printed', async () => {
  const observe = async () => {
    throw new Error(`No: ${(await (await localTarget(row(observe), 'public')).tokens()).id_token}`);
  };
  expect(await verdict(row(observe))).toEqual({ kind: 'failed', why: 'No: <token>' });
});

test("where the local pool is known to differ, Cognito's behavior is known and the local pool's agrees", async () => {
  const standing = different('otherwise', 'because');
  expect(await verdict(row(async () => 'answered', { standing }))).toEqual({ kind: 'known' });
  expect(await verdict(row(async () => 'otherwise', { standing }))).toEqual({ kind: 'agrees' });
  expect(await verdict(row(async () => 'odd', { standing }))).toEqual({
    kind: 'differs',
    seen: 'odd',
  });
});
