// `npm run demo:remove`: takes the demo out, and leaves a site that builds and passes its tests.
// It goes with the rest. `-- --force`: although something is not committed.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { FRONT_PAGE, type Plan, planRemoval } from './plan';

const BIOME = 'node_modules/@biomejs/biome/bin/biome';

process.exitCode = main(process.argv.includes('--force'));

/** @returns the exit code */
function main(force: boolean): number {
  if (spawnSync('git', ['rev-parse']).status !== 0) {
    console.error('Without git nothing could be brought back. Begin with `git init`, and commit.');
    return 1;
  }
  const listing = git('ls-files', '-z', '--cached', '--others', '--exclude-standard');
  const files = listing.split('\0').filter((file) => file !== '' && existsSync(file));
  const plan = planRemoval(files, (file) => readFileSync(file, 'utf8'));
  if (plan.gone.length + plan.changed.size === 0) {
    console.log('Nothing of the demo is left to remove.');
    return 0;
  }
  const uncommitted = git('status', '--porcelain');
  if (uncommitted !== '' && !force) {
    console.error(`Something is not committed yet, and could not be told from what goes now:
${uncommitted}
Commit it first, or say \`npm run demo:remove -- --force\`. Nothing was changed.`);
    return 1;
  }

  announce(plan);
  const problems = carryOut(plan);
  const count = plan.gone.reduce((sum, { files: each }) => sum + each, 0);
  console.log(
    `\n✓ The demo is out: ${count} files gone, ${plan.changed.size} changed. \`npm test\` checks what is left.`,
  );
  if (problems === '') return 0;
  console.error(
    `${problems}\nThe formatter could not fix that by itself: \`npm run format\` says it again.`,
  );
  return 1;
}

function announce({ gone, changed, scripts }: Plan): void {
  console.log('These go:');
  for (const { part, files } of gone) {
    console.log(part.includes('.') ? `  ${part}` : `  ${part}   ${files} files`);
  }
  for (const name of scripts) console.log(`  npm run ${name}`);
  console.log('These lose the lines that are the demo’s:');
  for (const file of changed.keys()) if (file !== FRONT_PAGE) console.log(`  ${file}`);
  if (changed.has(FRONT_PAGE)) {
    console.log(`This is replaced by a page that says who is signed in:\n  ${FRONT_PAGE}`);
  }
}

/** @returns what the formatter has to say, if anything */
function carryOut({ gone, changed }: Plan): string {
  for (const [file, text] of changed) writeFileSync(file, text);
  for (const { part } of gone) rmSync(part, { recursive: true });
  // A list that was long because of its comments is put on one line again.
  const code = [...changed.keys()].filter((file) => !file.endsWith('.md'));
  const options = { encoding: 'utf8' } as const;
  const format = spawnSync(process.execPath, [BIOME, 'check', '--write', ...code], options);
  return format.status === 0 ? '' : format.stderr;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' });
}
