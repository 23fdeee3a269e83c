import { expect, test } from 'vitest';
import { rowsOf, timeOf } from '@/tools/workshop/bench/profile/groups';

const frame = (id: number, functionName: string, url: string) => ({
  id,
  callFrame: { functionName, url },
});
const NODES = [
  frame(1, '(idle)', ''),
  frame(2, '(garbage collector)', ''),
  frame(3, '(program)', ''),
  frame(4, 'run', ''),
  frame(5, 'importKey', 'node:internal/crypto/webcrypto'),
  frame(6, 'open', 'file:///a/.next/server/edge/chunks/b.js'),
  frame(7, 'page', '/a/.next/server/chunks/ssr/b.js'),
  frame(8, 'render', '/a/node_modules/next/dist/server/render.js'),
  frame(9, 'emit', 'node:events'),
];

test('the time of a profile is added up by what ran, without the time in which nothing did', () => {
  const samples = [1, 2, 3, 4, 4, 5, 6, 7, 8, 9];
  const profile = { nodes: NODES, samples, timeDeltas: samples.map(() => 2000) };
  const times = timeOf(profile, 2);
  expect([...times.values()]).toEqual([1, 1, 2, 1, 1, 1, 1, 1]);
  expect(times.get('Web Crypto: starting work on another thread')).toBe(2);
  expect(times.get('the rest of Node')).toBe(1);
});

test('the largest difference comes first, and the sum last', () => {
  const seen = new Map([
    ['Next', 2],
    ['garbage collection', 1],
  ]);
  const unseen = new Map([
    ['Next', 2.5],
    ['garbage collection', 2],
    ['key derivation', 0.25],
  ]);
  expect(rowsOf(seen, unseen)).toEqual([
    ['garbage collection', '1.00', '2.00', '1.00'],
    ['Next', '2.00', '2.50', '0.50'],
    ['key derivation', '0.00', '0.25', '0.25'],
    ['all', '3.00', '4.75', '1.75'],
  ]);
});
