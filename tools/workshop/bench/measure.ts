import { setTimeout as wait } from 'node:timers/promises';
import type { Cell } from './cells';
import { shuffled } from './figures';
import { piecesOf, together } from './pieces';
import { prepare } from './prepare';
import type { Running } from './running';

/** One cell in one round. Times are in milliseconds. */
export interface Sample {
  readonly app: string;
  readonly kind: Cell['kind'];
  readonly round: number;
  readonly requests: number;
  /** Processor time of the server's processes per request. */
  readonly cpu: number;
  readonly wall: number;
  readonly latencies: readonly number[];
}

/** A cell, and the app that it is measured with. */
export interface Measured {
  readonly cell: Cell;
  readonly running: Running;
}

/**
 * Measures every cell once, in pieces, and in a different order in each round.
 *
 * @param all the cells
 * @param round its number
 * @param requests how many for each cell
 */
export async function measureRound(
  all: readonly Measured[],
  round: number,
  requests: number,
): Promise<Sample[]> {
  const pieces = all.flatMap((one) =>
    piecesOf(requestsOf(one, requests), one.cell.concurrency).map((some) => ({ one, some })),
  );
  const samples: Sample[] = [];
  for (const [index, { one, some }] of shuffled(pieces, round).entries()) {
    samples.push(await take(one, some, round, round * pieces.length + index));
  }
  return together(samples);
}

/** A server gets faster during its first few thousand requests, while V8 compiles the code in use. */
const WARM_UP_ROUNDS = 2;

/**
 * Sends the requests of each cell without measuring, until V8 has compiled most of the code that serves them.
 *
 * @param all the cells
 * @param requests how many for each cell, each time
 */
export async function warmUp(all: readonly Measured[], requests: number): Promise<void> {
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    for (const one of all) {
      await take(one, requestsOf(one, requests) * (one.cell.warmUps ?? 1), 0, round);
    }
  }
}

function requestsOf({ cell }: Measured, requests: number): number {
  return Math.min(requests, cell.most ?? requests);
}

async function take(
  { cell, running }: Measured,
  requests: number,
  round: number,
  seed: number,
): Promise<Sample> {
  const { app, kind } = cell;
  const send = await prepare(cell, running, requests, seed);
  const before = running.cpu();
  const { wall, latencies } = await send();
  await settle();
  const cpu = (running.cpu() - before) / requests;
  return { app, kind, round, requests, cpu, wall, latencies };
}

/** Waits a moment, because work that the server does after its last response counts too. */
function settle(): Promise<void> {
  return wait(20);
}
