import { expect, test } from 'vitest';
import { type Behaviour, behaviour, CannotShow, different } from './behaviour';
import { localTarget } from './local-target';
import { judge } from './verdict';

const row = (observe: Behaviour['observe'], more: Partial<Behaviour> = {}) =>
  behaviour({ id: 'x/y', ask: 'Asked', cognito: 'answered', source: 'dg', observe, ...more });

async function verdict(given: Behaviour) {
  return await judge(given, await localTarget(given, 'confidential'));
}

test('a person without the claim that a row is about is no difference', async () => {
  const observe = async () => {
    throw new CannotShow('the test user has no phone');
  };
  expect(await verdict(row(observe))).toEqual({
    kind: 'not-asked',
    why: 'the test user has no phone',
  });
});

test('a token in an error is not told', async () => {
  const observe = async () => {
    throw new Error(`No: ${(await (await localTarget(row(observe), 'public')).tokens()).id_token}`);
  };
  expect(await verdict(row(observe))).toEqual({ kind: 'failed', why: 'No: <token>' });
});

test('what Cognito does is known where the local pool differs; what the local pool does agrees', async () => {
  const standing = different('otherwise', 'because');
  expect(await verdict(row(async () => 'answered', { standing }))).toEqual({ kind: 'known' });
  expect(await verdict(row(async () => 'otherwise', { standing }))).toEqual({ kind: 'agrees' });
  expect(await verdict(row(async () => 'odd', { standing }))).toEqual({
    kind: 'differs',
    seen: 'odd',
  });
});
