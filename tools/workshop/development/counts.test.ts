import { expect, test } from 'vitest';
import { counts, firstPage } from './counts';
import { stepsOf } from './test-steps';

test('npm run dev loads and compiles no more files than its budget', () => {
  const all = counts();
  expect(all.filter(({ value }) => value === 0)).toEqual([]);
  expect(all.filter(({ value, most }) => value > most)).toEqual([]);
});

test('the front page needs no page for developers, and none of the account or of the local pool', () => {
  const others = /^app\/(account|doctor|admin|notes|profile)\/|\.dev\.tsx$|^lib\/local-pool/;
  expect(firstPage().filter((file) => others.test(file))).toEqual([]);
});

test('the seconds of each step of npm test are read from what it prints', () => {
  const output =
    '▸ types\n  types: 10 s …\n✓ types: passed, 12.3 s\n\u001b[31m✗\u001b[39m unit tests: 5 passed, 1 failed, 3.0 s\n';
  expect(stepsOf(output)).toEqual([
    { name: 'types', result: 'passed', seconds: 12.3 },
    { name: 'unit tests', result: '5 passed, 1 failed', seconds: 3 },
  ]);
});
