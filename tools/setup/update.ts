// `npm run update`: brings a newer release of the template into this project. See `-- --help` and docs/update.md.
import { progress } from './progress.js';
import { planUpdate, resume, undo, writeUpdate } from './update/apply';
import { UpdateError } from './update/git';
import { type Fetched, findAvailable, planMerge, withTemplate } from './update/plan';
import {
  bringObjects,
  openProject,
  type Project,
  requireCommitted,
  sourceOf,
  type Underway,
  underwayIn,
  unresolvedIn,
} from './update/project';
import { withoutPassword } from './update/releases';
import { describe, HELP, newsLine, type Options, readOptions } from './update/terminal';

const STOPPED = 130;
// Git and npm, which run in the foreground, end by Ctrl-C. This process then cleans up.
process.on('SIGINT', () => {});
process.exitCode = main(readOptions(process.argv.slice(2)));

/** @returns the exit code */
function main(options: Options): number {
  if (options.kind === 'help') {
    console.log(HELP);
    return 0;
  }
  if (options.kind === 'wrong') {
    console.error(`${options.message} Nothing was changed. See \`npm run update -- --help\`.`);
    return 2;
  }
  try {
    const project = openProject();
    const underway = underwayIn(project);
    if (options.kind === 'abort') return abort(project, underway);
    if (options.kind !== 'check' && underway) return goOn(project, underway);
    if (options.kind === 'update') requireCommitted(project);
    const source = sourceOf(project, options.from);
    console.log(`The template: ${withoutPassword(source)}`);
    return withTemplate(project, source, (fetched) => update(project, fetched, options));
  } catch (error) {
    // A disk that is full, or a folder that must not be written.
    if (error instanceof Error && 'syscall' in error) {
      console.error(`\n${error.message}`);
      return 1;
    }
    if (!(error instanceof UpdateError)) throw error;
    console.error(`\n${error.message}`);
    return error.code === 'stopped' ? STOPPED : 1;
  }
}

/** @returns the exit code */
function update(
  project: Project,
  fetched: Fetched,
  options: Options & { kind: 'update' | 'dry-run' | 'check' },
): number {
  const found = step('looking for a newer release', () => findAvailable(project, fetched, options));
  const { base, from } = found;
  if (base.by === 'files') {
    const from = `the template's commit ${base.commit.slice(0, 8)}, with ${base.same} of its ${base.of} files unchanged`;
    console.log(`  This project doesn't record its origin. It is closest to ${from}.`);
  }
  if (found.release === undefined) {
    console.log(`✓ Up to date: ${from}.`);
    return 0;
  }
  console.log(`  ${newsLine(found)}`);
  if (options.kind === 'check') return 0;
  const planned = step(`merging ${found.release.name}`, () => planMerge(project, fetched, found));
  if (options.kind === 'update') {
    step('writing', () => {
      bringObjects(project, fetched);
      const { release, tree, conflicts } = planned;
      writeUpdate(project, planUpdate(project, release.name, tree, conflicts));
    });
  }
  console.log(`\n${describe(planned, options.kind === 'update')}`);
  // As git does after a merge with conflicts.
  return options.kind === 'update' && planned.conflicts.size > 0 ? 1 : 0;
}

/** @returns the exit code */
function goOn(project: Project, underway: Underway): number {
  if (!underway.written) step('completing the interrupted update', () => resume(project, underway));
  const open = unresolvedIn(project);
  if (open.length === 0) {
    console.log(
      `✓ The update to ${underway.release} is complete, but not committed. Run \`npm test\`, then commit it.`,
    );
    return 0;
  }
  console.error(
    `The update to ${underway.release} has conflicts. Resolve them, then \`git add\` these files:`,
  );
  for (const path of open) console.error(`  ${path}`);
  return 1;
}

/** @returns the exit code */
function abort(project: Project, underway: Underway | undefined): number {
  if (underway === undefined) {
    console.error('There is no update to undo. Once it is committed, `git revert` undoes it.');
    return 1;
  }
  undo(project.root, underway);
  console.log('✓ The update was undone.');
  return 0;
}

/** Shows what is being done, and whether it went well. */
function step<T>(label: string, run: () => T): T {
  const done = progress(label);
  try {
    const result = run();
    done(true, 'done');
    return result;
  } catch (error) {
    done(false, 'failed');
    throw error;
  }
}
