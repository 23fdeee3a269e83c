import { setTimeout as wait } from 'node:timers/promises';
import type { Cell } from './cells';
import { usageOf } from './cpu';
import { shuffled } from './figures';
import { load } from './load';
import { piecesOf, together } from './pieces';

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

/** A cell, and what measuring it needs from its app. */
export interface Measured {
  readonly cell: Cell;
  /** The server's process group. */
  readonly group: number;
  /** Makes this many new sessions; called before the clock starts. */
  readonly forge: (count: number) => Promise<string[]>;
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
    piecesOf(requests, one.cell.concurrency).map((some) => ({ one, some })),
  );
  const samples: Sample[] = [];
  for (const { one, some } of shuffled(pieces, round)) samples.push(await take(one, some, round));
  return together(samples);
}

/** A server gets faster during its first few thousand requests, while V8 compiles the code in use. */
const WARM_UP_ROUNDS = 3;

/**
 * Sends the requests of each cell without measuring, until V8 has compiled most of the code that serves them.
 *
 * @param all the cells
 * @param requests how many for each cell, each time
 */
export async function warmUp(all: readonly Measured[], requests: number): Promise<void> {
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    for (const one of all) await take(one, requests, 0);
  }
}

async function take(
  { cell, group, forge }: Measured,
  requests: number,
  round: number,
): Promise<Sample> {
  const { app, kind, concurrency } = cell;
  const target =
    kind === 'meNew' ? { ...cell.target, cookies: await forge(requests) } : cell.target;
  const before = usageOf(group).cpu;
  const { wall, latencies } = await load(target, { requests, concurrency });
  await settle();
  const cpu = (usageOf(group).cpu - before) / requests;
  return { app, kind, round, requests, cpu, wall, latencies };
}

/** Waits a moment, because work that the server does after its last response counts too. */
function settle(): Promise<void> {
  return wait(30);
}
