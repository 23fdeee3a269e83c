import type { Sample } from './measure';

/** The most pieces of one figure, spread over its round. */
const MOST_PIECES = 4;

/** The fewest requests per connection in a piece: with fewer, a piece would mostly be start-up and wind-down. */
const LEAST_TURNS = 5;

/**
 * Splits the requests of a figure into pieces, so that a slow moment of the machine affects a part of many
 * figures and not all of one.
 *
 * @param requests the total number
 * @param concurrency how many run at the same time
 * @returns how many in each piece
 */
export function piecesOf(requests: number, concurrency: number): number[] {
  const enough = Math.floor(requests / (concurrency * LEAST_TURNS));
  const count = Math.max(1, Math.min(MOST_PIECES, enough));
  const small = Math.floor(requests / count);
  return Array.from({ length: count }, (_, piece) =>
    piece === 0 ? requests - small * (count - 1) : small,
  );
}

/**
 * Combines the pieces of each figure. The kernel counts in ticks; what it hasn't counted by the end of a piece,
 * it counts in the next one, because the server does nothing in between.
 *
 * @param pieces of one round, in any order
 * @returns one sample for each app and kind
 */
export function together(pieces: readonly Sample[]): Sample[] {
  const whole = new Map<string, Sample>();
  for (const piece of pieces) {
    const name = `${piece.app} ${piece.kind}`;
    const before = whole.get(name);
    whole.set(name, before ? joined(before, piece) : piece);
  }
  return [...whole.values()];
}

function joined(one: Sample, other: Sample): Sample {
  const requests = one.requests + other.requests;
  return {
    ...one,
    requests,
    cpu: (one.cpu * one.requests + other.cpu * other.requests) / requests,
    wall: one.wall + other.wall,
    latencies: [...one.latencies, ...other.latencies],
  };
}
