import { shuffled } from '../figures';
import type { Curve, Row } from './curve';
import { costOf } from './interleave';
import { boundedInWords } from './order';
import { personInGroups, signedTokens, usualPerson } from './people';
import {
  type Cookies,
  createSealer,
  type Instance,
  newInstance,
  read,
  readUnseen,
  sealSmall,
} from './reader';

/** The most sessions that a process caches (`lib/cognito/memory/session-cache.ts`). */
const BOUND = 500;
const COUNTS = [1, 10, 100, BOUND, 1000, 2000, 5000, 10_000, 100_000];
const QUICK_COUNTS = COUNTS.filter((count) => count <= 5000);
/** How many sessions are sealed at a time; they are dropped after they have been read. */
const BATCH = 100;
/** How many reads are measured at each count. */
const READS = 400;

/** Measures what sessions cost, and how much memory they take, by the number of distinct sessions read. */
export async function distinctCurves(quick: boolean): Promise<Curve[]> {
  const counts = quick ? QUICK_COUNTS : COUNTS;
  const groups = signedTokens(personInGroups(100));
  const large = counts.filter((count) => count <= 5000);
  return [
    {
      title: 'Distinct sessions',
      text: 'The instance reads each of the distinct sessions once. Then it reads random ones of them, and these reads are measured. Heap is what remains after a full garbage collection, including verified claims, compared with an instance that has seen one session. Ratios are relative to the first read of a session.',
      ...(await curveOf(counts, createSealer(signedTokens(usualPerson())))),
    },
    {
      title: 'Distinct sessions of users in 100 groups',
      text: 'The same for large sessions, for which the limit on the total number of characters applies.',
      ...(await curveOf(large, () => sealSmall(groups))),
    },
  ];
}

async function curveOf(
  counts: readonly number[],
  make: () => Promise<Cookies>,
): Promise<Pick<Curve, 'size' | 'rows' | 'orders'>> {
  const instance = newInstance();
  const recent = [packed(await make())];
  for (const one of recent) await read(instance, cookiesOf(one));
  // The first reads also fill the heap with compiled code and caches, which must not count as sessions.
  for (let time = 0; time < 1000; time++) await readUnseen(instance, await make());
  const bare = heapBytes();
  const rows: Row[] = [];
  let seen = 1;
  for (const count of counts) {
    while (seen < count) {
      const few = Math.min(BATCH, count - seen);
      const batch = await Promise.all(Array.from({ length: few }, () => make()));
      await Promise.all(batch.map((cookies) => read(instance, cookies)));
      recent.push(...batch.map(packed));
      recent.splice(0, recent.length - BOUND / 4);
      seen += few;
    }
    const held = Math.max(0, heapBytes() - bare);
    rows.push(await rowAt(count, held, { instance, recent, make }));
  }
  const points = (figure: string) =>
    rows.map(({ size, figures }) => ({ x: size, y: figures[figure] ?? 0 }));
  return {
    size: 'sessions',
    rows,
    orders: ['cached', 'heap, bytes'].map(
      (figure) => `${figure}: ${boundedInWords(points(figure), BOUND)}`,
    ),
  };
}

interface Stock {
  readonly instance: Instance;
  /** The sessions read last: all of them are cached. */
  readonly recent: readonly Buffer[];
  readonly make: () => Promise<Cookies>;
}

async function rowAt(count: number, held: number, stock: Stock): Promise<Row> {
  const { instance, recent, make } = stock;
  const remembered = instance.memory.sessions.size;
  const forgotten = Math.round(READS * (1 - remembered / count));
  const requests: Cookies[] = [];
  for (let index = 0; index < READS; index++) {
    const again = recent[index % recent.length];
    // To the instance, a session that it dropped is the same as one that it has never seen, so use a new one.
    const known = index >= forgotten && again;
    requests.push(known ? cookiesOf(again) : await make());
  }
  const known = new WeakSet<object>();
  for (const { session } of instance.memory.sessions.values()) known.add(session);
  let hits = 0;
  let at = 0;
  const mixed = shuffled(requests, count);
  const cost = await costOf({
    times: READS,
    async act() {
      const session = await read(instance, mixed[at++] ?? new Map());
      if (session && known.has(session)) hits += 1;
    },
  });
  const fresh = await Promise.all(Array.from({ length: BATCH }, () => make()));
  let next = 0;
  const first = await costOf({
    times: BATCH,
    act: () => readUnseen(instance, fresh[next++] ?? new Map()),
  });
  return {
    size: count,
    figures: {
      cached: remembered,
      'heap, bytes': held,
      'bytes for each': remembered >= 100 ? Math.round(held / (remembered - 1)) : null,
      'hits of 100 reads': (100 * hits) / READS,
      'a read, µs': cost,
      ratio: cost / first,
    },
  };
}

/** Keeps cookies outside the heap, so that they don't count. */
function packed(cookies: Cookies): Buffer {
  return Buffer.from(JSON.stringify([...cookies]));
}

function cookiesOf(one: Buffer): Cookies {
  const pairs: [string, string][] = JSON.parse(one.toString('utf8'));
  return new Map(pairs);
}

function heapBytes(): number {
  if (!globalThis.gc) throw new Error('Run this with node --expose-gc.');
  for (let time = 0; time < 3; time++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
