import { expect, test } from 'vitest';
import type { Sample } from '@/tools/workshop/bench/measure';
import { piecesOf, together } from '@/tools/workshop/bench/pieces';

test.each([
  [200, 8, [50, 50, 50, 50]],
  [203, 1, [53, 50, 50, 50]],
  [200, 64, [200]],
  [700, 64, [350, 350]],
  [3, 8, [3]],
])('%i requests, %i at a time, are split into pieces of %j', (requests, concurrency, pieces) => {
  expect(piecesOf(requests, concurrency)).toEqual(pieces);
});

test('pieces are combined by app and kind, weighted by their numbers of requests', () => {
  const piece: Sample = {
    app: 'ours',
    kind: 'me',
    round: 2,
    requests: 30,
    cpu: 4,
    wall: 100,
    latencies: [1],
  };
  const other = { ...piece, app: 'bare' };
  const kind: Sample = { ...piece, kind: 'openIn' };
  const second = { ...piece, requests: 10, cpu: 8, wall: 50, latencies: [2, 3] };
  expect(together([piece, other, kind, second])).toEqual([
    { ...piece, requests: 40, cpu: 5, wall: 150, latencies: [1, 2, 3] },
    other,
    kind,
  ]);
});
