import { expect, test } from 'vitest';
import { figures } from './figures';

const limited = figures().flatMap(({ most, ...figure }) =>
  most === undefined ? [] : [{ ...figure, most }],
);

test.each(limited)('$what: at most $most', ({ value, most, where }) => {
  expect(value, where).toBeLessThanOrEqual(most);
});

test('there are limits, and the path has a length', () => {
  expect(limited.length).toBeGreaterThan(7);
  const [path] = limited;
  expect(path?.value).toBeGreaterThan(1000);
});
