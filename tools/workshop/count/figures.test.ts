import { expect, test } from 'vitest';
import { figures } from './figures';

test('no figure exceeds its limit', () => {
  const over = figures().filter(({ value, most = Number.POSITIVE_INFINITY }) => value > most);
  expect(over).toEqual([]);
});
