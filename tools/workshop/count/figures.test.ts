import { expect, test } from 'vitest';
import { figures } from './figures';

test('nothing has grown over what a reader can take in', () => {
  const over = figures().filter(({ value, most = Number.POSITIVE_INFINITY }) => value > most);
  expect(over).toEqual([]);
});
