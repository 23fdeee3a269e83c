import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setStage } from '../../../tests/support/stage';
import { VIEWS } from '../../../tests/support/views';
import { endFault } from '../../../tests/support/visit';
import { BUDGET, bareNext, installedNext, weigh } from '../support/weights';

const RAISE =
  'In bytes after gzip. If your change is worth the extra bytes, raise the budget in tools/workshop/support/weights.ts.';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

test('the bytes of Next itself were measured with the installed version', () => {
  expect(
    bareNext().next,
    'Run npm run --prefix tools/workshop budgets:bare, and commit the changed file.',
  ).toBe(installedNext());
  expect(bareNext().script).toBeGreaterThan(50_000);
  expect(bareNext().middleware).toBeGreaterThan(30_000);
  expect(bareNext().proxy).toBeGreaterThan(30_000);
});

/** Other states of a page have the same scripts, and one function makes all plain pages: so only some are measured. */
const STATES = /-(signed-out|cannot-tell|refreshed|bob)$/;
const WEIGHED = VIEWS.filter(
  ({ kind, name }) =>
    (kind === 'page' && !STATES.test(name)) || ['server-error', 'sign-out'].includes(name),
);

describe('the bytes of', () => {
  test.each(WEIGHED)('$name', async (view) => {
    const { problems, ...weight } = await weigh(stage, view).finally(() => endFault(stage, view));
    expect(problems).toEqual([]);
    expect(weight.style).toBeGreaterThan(0);
    if (view.kind === 'page') expect(weight.script).toBeGreaterThan(50_000);
    expect(weight.ownScript, RAISE).toBeLessThanOrEqual(BUDGET.ownScript);
    expect(weight.style, RAISE).toBeLessThanOrEqual(BUDGET.style);
  });
});
