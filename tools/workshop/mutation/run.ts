/**
 * `npm run --prefix tools/workshop mutate`: takes each defence of the site away, one by one, and says which test noticed. It ends
 * with 1 if one was taken away and nobody noticed, unless its line says why nobody can.
 */
import { parseArgs } from 'node:util';
import { stopOnSignals } from '../../setup/child.js';
import { judge, projectsOf, type Verdict } from './judge';
import type { Mutant } from './mutant';
import { THEMES } from './mutants';
import { outcomeOf, readTable, writeTable } from './table';
import { createWorkplace, type Workplace } from './workplace';

const HELP = `npm run --prefix tools/workshop mutate -- [--only <words of ids>] [--level unit|site] [--write]

  --only verify,keys   those whose id has one of the words
  --level unit         those that unit tests see: some minutes; a build for each of the others
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
    // Read anew each time: another round may be writing its own rows.
    if (values.write) writeTable(THEMES, readTable().set(mutant.id, outcome));
  };
  for (const [level, places] of [['unit', 2] as const, ['site', 1] as const]) {
    const mutants = chosen.filter((mutant) => mutant.level === level);
    if (!(await runLevel(level, mutants, places, record))) return 2;
  }
  // Also when nothing was run: the words of a row may be new.
  if (values.write) writeTable(THEMES, readTable());
  console.log(`\n${chosen.length} mutants, ${failures.length} not caught: ${failures.join(', ')}`);
  return failures.length > 0 ? 1 : 0;
}

/** @returns false if the tests fail with every defence in place: then they say nothing */
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
    console.error(`The ${level} tests fail without any mutant: ${JSON.stringify(whole)}`);
    return false;
  }
  const more = Array.from({ length: Math.min(places, queue.length) - 1 }, createWorkplace);
  await Promise.all([first, ...more].map(work));
  return true;

  async function work(place: Workplace): Promise<void> {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const tests = testsOf(mutant);
      record(mutant, await place.spoilt(mutant, () => judge(place.folder, level, tests)));
    }
  }
}

/** All tests that are to be run, once; those of one project together. */
function wordsByProject(level: Mutant['level'], mutants: readonly Mutant[]): string[][] {
  const groups = new Map<string, Set<string>>();
  for (const words of mutants.map(testsOf)) {
    const project = projectsOf(level, words).join(' ');
    groups.set(project, new Set([...(groups.get(project) ?? []), ...words]));
  }
  return [...groups.values()].map((words) => [...words]);
}

/** No words would mean all files to vitest: the project of the level, not `tests/cognito`. */
function testsOf({ tests }: Mutant): readonly string[] {
  return tests.length > 0 ? tests : ['tests/cognito/'];
}
