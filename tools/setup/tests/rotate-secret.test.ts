import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { config } from '../../../tests/cognito/support';
import { rotate } from '../rotate-secret.js';

const OLD = 'tests-only:Uj4Ik9Ol2Pa7Qs0Wd5Er8Ft1Gy6Hu3';
const NEW = 'tests-only:next:Vb3Nm8Xz1Cq6Aw9Se4Dr7Ft2Gy5';

test('one secret becomes two, and the new one seals', () => {
  const { both = '', alone = '' } = rotate(OLD, NEW) ?? {};
  expect(JSON.parse(both)).toEqual({ 2: NEW, 1: OLD });
  expect(JSON.parse(alone)).toEqual({ 2: NEW });
  // The site accepts both values.
  expect(config({ SESSION_SECRET: both }).sessionSecret).toEqual({ 2: NEW, 1: OLD });
  expect(config({ SESSION_SECRET: alone }).sessionSecret).toEqual({ 2: NEW });
});

test('a number is never reused', () => {
  expect(JSON.parse(rotate(`{"7":"${OLD}"}`, NEW)?.both ?? '')).toEqual({ 8: NEW, 7: OLD });
  expect(rotate('{"7":', NEW)).toBeUndefined();
});

test('the command prints only the value to standard output, ready for a pipe', () => {
  const run = (secret: string) =>
    execFileSync(process.execPath, ['tools/setup/rotate-secret.js'], {
      env: { ...process.env, SESSION_SECRET: secret },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const printed: unknown = JSON.parse(run(OLD));
  expect(printed).toMatchObject({ 1: OLD });
  expect(run(OLD)).not.toBe(run(OLD));
  expect(run(' ').trim()).toMatch(/^[\w-]{43}$/);
});
