/** A CPU profile of V8, as far as it is read. */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  /** The node that was running at each sample. */
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

interface Frame {
  readonly name: string;
  readonly url: string;
}

/** What the server's main thread does, in the order in which a function is looked for. */
const GROUPS: readonly [what: string, isIt: (frame: Frame) => boolean][] = [
  ['idle', ({ name }) => name === '(idle)'],
  ['garbage collection', ({ name }) => name === '(garbage collector)'],
  ['native code, such as input and output', ({ name }) => name === '(program)'],
  // `run` of Node's CryptoJob has no URL.
  ['Web Crypto: starting work on another thread', ({ name, url }) => name === 'run' && url === ''],
  ['Web Crypto: Node’s code for it', in_('internal/crypto/')],
  ['async hooks, for each promise', in_('async_hooks')],
  ['the middleware: this project, jose and iron-session', in_('/server/edge/chunks/')],
  ['the Edge sandbox', in_('/compiled/edge-runtime/')],
  ['the build’s code for pages: this project, jose and React', in_('/.next/server/')],
  ['Next', in_('/node_modules/next/')],
];
const REST = 'the rest of Node';

function in_(part: string): (frame: Frame) => boolean {
  return ({ url }) => url.replaceAll('\\', '/').includes(part);
}

/**
 * Adds up the time of a profile by what the main thread did.
 *
 * @param profile of one process
 * @param views that it served meanwhile
 * @returns milliseconds per view, without the time in which it waited
 */
export function timeOf(
  { nodes, samples, timeDeltas }: Profile,
  views: number,
): Map<string, number> {
  const groups = new Map(nodes.map(({ id, callFrame }) => [id, groupOf(callFrame)]));
  const times = new Map<string, number>();
  for (const [at, id] of samples.entries()) {
    const group = groups.get(id) ?? REST;
    times.set(group, (times.get(group) ?? 0) + (timeDeltas[at] ?? 0) / 1000 / views);
  }
  times.delete('idle');
  return times;
}

function groupOf({ functionName: name, url }: Profile['nodes'][number]['callFrame']): string {
  return GROUPS.find(([, isIt]) => isIt({ name, url }))?.[0] ?? REST;
}

/**
 * The rows of a table, with the largest difference first.
 *
 * @param seen times of views with a session that the process has seen before
 * @param unseen times of views with sessions that it has not seen
 */
export function rowsOf(seen: Map<string, number>, unseen: Map<string, number>): string[][] {
  const difference = (what: string) => (unseen.get(what) ?? 0) - (seen.get(what) ?? 0);
  const all = [...new Set([...seen.keys(), ...unseen.keys()])];
  const rows = all
    .sort((one, other) => difference(other) - difference(one))
    .map((what) => [what, seen.get(what) ?? 0, unseen.get(what) ?? 0, difference(what)] as const);
  const sum = (times: Map<string, number>) => [...times.values()].reduce((a, b) => a + b, 0);
  const total = ['all', sum(seen), sum(unseen), sum(unseen) - sum(seen)] as const;
  return [...rows, total].map(([what, ...numbers]) => [
    what,
    ...numbers.map((each) => each.toFixed(2)),
  ]);
}
