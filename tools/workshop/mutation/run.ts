/**
 * `npm run --prefix tools/workshop mutate`: removes each defense of the site in turn and reports which test fails.
 * It exits with 1 if no test fails for one of them, unless its row explains why no test can.
 */
import { parseArgs } from 'node:util';
import { stopOnSignals } from '../../setup/child.js';
import { judge, projectsOf, type Verdict } from './judge';
import type { Mutant } from './mutant';
import { THEMES } from './mutants';
import { outcomeOf, readTable, writeTable } from './table';
import { createWorkplace, type Workplace } from './workplace';

const HELP = `npm run --prefix tools/workshop mutate -- [--only <words of ids>] [--level unit|site] [--write]

  --only verify,keys   only the mutants whose id contains one of the words
  --level unit         only the mutants that unit tests catch (some minutes); each of the others needs a build
  --write              saves the results in tools/workshop/mutation/results.md`;

const options = {
  only: { type: 'string', default: '' },
  level: { type: 'string' },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean' },
} as const;

const { values } = parseArgs({ options });
if (values.help) console.log(HELP);
else {
  stopOnSignals({ grace: 1500 });
  process.exitCode = await round();
}

async function round(): Promise<number> {
  const words = values.only.split(',').filter((word) => word !== '');
  const chosen = THEMES.flatMap(({ mutants }) => mutants)
    .filter(({ level }) => values.level === undefined || level === values.level)
    .filter(({ id }) => words.length === 0 || words.some((word) => id.includes(word)));
  const failures: string[] = [];

  const record = (mutant: Mutant, verdict: Verdict) => {
    const outcome = outcomeOf(mutant, verdict);
    const fine = verdict.state === 'caught' || outcome.startsWith('nothing: ');
    if (!fine) failures.push(mutant.id);
    console.log(`${fine ? '✓' : '✗'} ${mutant.id}: ${outcome}`);
    // Read again each time: another run may be writing its own rows.
    if (values.write) writeTable(THEMES, readTable().set(mutant.id, outcome));
  };
  for (const [level, places] of [['unit', 2] as const, ['site', 1] as const]) {
    const mutants = chosen.filter((mutant) => mutant.level === level);
    if (!(await runLevel(level, mutants, places, record))) return 2;
  }
  // Even if nothing ran: the text of a row may have changed.
  if (values.write) writeTable(THEMES, readTable());
  console.log(`\n${chosen.length} mutants, ${failures.length} not caught: ${failures.join(', ')}`);
  return failures.length > 0 ? 1 : 0;
}

/** @returns false if the tests fail with every defense in place: then their results mean nothing */
async function runLevel(
  level: Mutant['level'],
  mutants: readonly Mutant[],
  places: number,
  record: (mutant: Mutant, verdict: Verdict) => void,
): Promise<boolean> {
  if (mutants.length === 0) return true;
  const queue = [...mutants];
  const first = createWorkplace();
  for (const words of wordsByProject(level, mutants)) {
    const whole = await judge(first.folder, level, words);
    if (whole.state === 'survived') continue;
    console.error(`The ${level} tests already fail without a mutant: ${JSON.stringify(whole)}`);
    return false;
  }
  const more = Array.from({ length: Math.min(places, queue.length) - 1 }, createWorkplace);
  await Promise.all([first, ...more].map(work));
  return true;

  async function work(place: Workplace): Promise<void> {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const tests = testsOf(mutant);
      record(mutant, await place.withMutant(mutant, () => judge(place.folder, level, tests)));
    }
  }
}

/** All tests to run, each once, grouped by project. */
function wordsByProject(level: Mutant['level'], mutants: readonly Mutant[]): string[][] {
  const groups = new Map<string, Set<string>>();
  for (const words of mutants.map(testsOf)) {
    const project = projectsOf(level, words).join(' ');
    groups.set(project, new Set([...(groups.get(project) ?? []), ...words]));
  }
  return [...groups.values()].map((words) => [...words]);
}

/** Without words, vitest would run the whole project of the level, not just `tests/cognito`. */
function testsOf({ tests }: Mutant): readonly string[] {
  return tests.length > 0 ? tests : ['tests/cognito/'];
}
