import { parseArgs } from 'node:util';

/** What a run does; every number is a count. */
export interface Options {
  readonly rounds: number;
  /** Of each cell in each round. */
  readonly requests: number;
  /** Requests to an app before its memory is read; 0 leaves this out. */
  readonly memory: number;
  /** Starts of each app; 0 leaves this out. */
  readonly starts: number;
  /** The apps to measure; empty for all. */
  readonly only: readonly string[];
  /** A try-out: its figures say little. */
  readonly quick: boolean;
  /** Take the builds of the last run; they may be of another day. */
  readonly built: boolean;
}

const USUAL = { rounds: 8, requests: 100, memory: 50_000, starts: 5 };
const QUICK = { rounds: 2, requests: 40, memory: 1000, starts: 1 };

/** What `npm run --prefix tools/workshop bench -- --help` says. */
export const HELP = `npm run --prefix tools/workshop bench -- [options]
  --rounds N     how often each figure is taken (${USUAL.rounds})
  --requests N   requests for a figure (${USUAL.requests})
  --memory N     requests before the memory is read (${USUAL.memory}); 0 for none of it
  --starts N     cold starts of each app (${USUAL.starts}); 0 for none of them
  --only a,b     these apps, and those that they are compared with
  --quick        a try-out: few of everything
  --built        with the builds of the last run
Only a run of everything, with no fewer rounds and requests than usual, writes the documents.`;

/**
 * Reads the command line.
 *
 * @param args without node and the script
 * @param apps the names that `--only` may have
 * @returns what to do, or null if help is asked for
 * @throws Error with one sentence about what is wrong
 */
export function readOptions(args: readonly string[], apps: readonly string[]): Options | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: text,
      requests: text,
      memory: text,
      starts: text,
      only: text,
      quick: flag,
      built: flag,
      help: flag,
    },
  });
  if (values.help) return null;
  const usual = values.quick ? QUICK : USUAL;
  const only = (values.only ?? '').split(',').filter((name) => name !== '');
  const unknown = only.filter((name) => !apps.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no app ${unknown.join(', ')}; there are ${apps.join(', ')}.`);
  }
  return {
    rounds: count('rounds', values.rounds, usual.rounds, 1),
    requests: count('requests', values.requests, usual.requests, 1),
    memory: count('memory', values.memory, usual.memory, 0),
    starts: count('starts', values.starts, usual.starts, 0),
    only,
    quick: values.quick,
    built: values.built,
  };
}

/**
 * Whether a run says enough for a document: all apps, built by it, and no fewer figures than usual.
 *
 * @param options of the run
 */
export function isWhole({ only, quick, built, rounds, requests }: Options): boolean {
  const enough = rounds >= USUAL.rounds && requests >= USUAL.requests;
  return only.length === 0 && !quick && !built && enough;
}

function count(name: string, text: string | undefined, usual: number, least: number): number {
  if (text === undefined) return usual;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least) return number;
  throw new Error(`--${name} takes a number from ${least} on, not "${text}".`);
}
