import { parseArgs } from 'node:util';
import { SCENARIOS, type Scenario } from './cells';

/** The options of a run; every number is a count. */
export interface Options {
  readonly rounds: number;
  /** Requests for each cell in each round. */
  readonly requests: number;
  /** Requests to an app before its memory is read; 0 skips this. */
  readonly memory: number;
  /** Starts of each app; 0 skips this. */
  readonly starts: number;
  /** The apps to measure; empty for all. */
  readonly only: readonly string[];
  readonly scenarios: readonly Scenario[];
  /** A short trial run, whose figures say little. */
  readonly quick: boolean;
  /** Use the builds of the last run, which may be outdated. */
  readonly built: boolean;
}

const USUAL = { rounds: 12, requests: 80, memory: 50_000, starts: 5 };
const ALL = Object.keys(SCENARIOS).filter(isScenario);
const QUICK = { rounds: 2, requests: 40, memory: 1000, starts: 1 };

/** The text of `npm run --prefix tools/workshop bench -- --help`. */
export const HELP = `Usage: npm run --prefix tools/workshop bench -- [options]

  --rounds N     how often to measure each figure (default ${USUAL.rounds})
  --requests N   requests for each figure in each round (default ${USUAL.requests})
  --memory N     requests before the memory is read (default ${USUAL.memory}); 0 skips memory
  --starts N     cold starts of each app (default ${USUAL.starts}); 0 skips cold starts
  --only a,b     measure only these apps and the apps that they are compared with
  --scenario a,b run only these of ${ALL.join(', ')}; skips memory and cold starts
  --quick        a short trial run
  --built        use the builds of the last run

The documents are written only by a run that builds and measures all apps in all scenarios, with at least the default
rounds and requests.`;

/**
 * Reads the command line.
 *
 * @param args without node and the script
 * @param apps the names that `--only` accepts
 * @returns the options, or null for `--help`
 * @throws Error with one sentence that says what is wrong
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
      scenario: text,
      quick: flag,
      built: flag,
      help: flag,
    },
  });
  if (values.help) return null;
  const only = names('only', values.only, apps);
  const scenarios = names('scenario', values.scenario, ALL).filter(isScenario);
  const part = scenarios.length === 0 ? {} : { memory: 0, starts: 0 };
  const usual = { ...(values.quick ? QUICK : USUAL), ...part };
  return {
    rounds: count('rounds', values.rounds, usual.rounds, 1),
    requests: count('requests', values.requests, usual.requests, 1),
    memory: count('memory', values.memory, usual.memory, 0),
    starts: count('starts', values.starts, usual.starts, 0),
    only,
    scenarios: scenarios.length === 0 ? ALL : scenarios,
    quick: values.quick,
    built: values.built,
  };
}

/**
 * Whether a run is complete enough for the documents: it builds and measures all apps in all scenarios, with at least
 * the default rounds and requests.
 *
 * @param options of the run
 */
export function isWhole(options: Options): boolean {
  const { only, scenarios, quick, built, rounds, requests } = options;
  const enough = rounds >= USUAL.rounds && requests >= USUAL.requests;
  return only.length === 0 && scenarios.length === ALL.length && !quick && !built && enough;
}

function isScenario(name: string): name is Scenario {
  return name in SCENARIOS;
}

function names(option: string, text = '', known: readonly string[]): string[] {
  const given = text.split(',').filter((name) => name !== '');
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length === 0) return given;
  throw new Error(`--${option}: unknown ${unknown.join(', ')}. Use ${known.join(', ')}.`);
}

function count(name: string, text: string | undefined, usual: number, least: number): number {
  if (text === undefined) return usual;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least) return number;
  throw new Error(`--${name} must be a whole number of at least ${least}, not "${text}".`);
}
