// `npm run demo:remove`: removes the demo and itself. The site that remains builds and passes its tests.
// `-- --force` removes it despite uncommitted changes.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Plan, planRemoval, REPLACED } from './plan';

const BIOME = 'node_modules/@biomejs/biome/bin/biome';

const HELP = `npm run demo:remove -- [--force]

Deletes the demo pages. It changes nothing while there are uncommitted changes, so that git can undo it.

  --force   delete them despite uncommitted changes`;

process.exitCode = main(process.argv.slice(2));

/** @returns the exit code */
function main(args: readonly string[]): number {
  const force = args.includes('--force');
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  if (args.some((option) => option !== '--force')) {
    console.error(`Invalid options: ${args.join(' ')}. Nothing was changed.\n\n${HELP}`);
    return 1;
  }
  if (spawnSync('git', ['rev-parse']).status !== 0) {
    console.error(
      'This is not a git repository, so the removal could not be undone. Run `git init` and commit first.',
    );
    return 1;
  }
  const listing = git('ls-files', '-z', '--cached', '--others', '--exclude-standard');
  const files = listing.split('\0').filter((file) => file !== '' && existsSync(file));
  const plan = planRemoval(files, (file) => readFileSync(file, 'utf8'));
  if (plan.gone.length + plan.changed.size === 0) {
    console.log('The demo has already been removed.');
    return 0;
  }
  const uncommitted = git('status', '--porcelain');
  if (uncommitted !== '' && !force) {
    console.error(`There are uncommitted changes, which would be mixed up with the removal:
${uncommitted}
Commit them first, or run \`npm run demo:remove -- --force\`. Nothing was changed.`);
    return 1;
  }

  announce(plan);
  const problems = carryOut(plan);
  const count = plan.gone.reduce((sum, { files: each }) => sum + each, 0);
  console.log(
    `\n✓ Demo removed: ${count} files deleted, ${plan.changed.size} changed. Run \`npm test\` to check the rest.`,
  );
  if (problems === '') return 0;
  console.error(
    `${problems}\nThe formatter could not fix this. Fix it by hand; \`npm run lint -- --write\` shows it again.`,
  );
  return 1;
}

function announce({ gone, changed, scripts }: Plan): void {
  console.log('Deleting:');
  for (const { part, files } of gone) {
    console.log(part.includes('.') ? `  ${part}` : `  ${part}   ${files} files`);
  }
  for (const name of scripts) console.log(`  npm run ${name}`);
  console.log('Removing the demo’s lines from:');
  for (const file of changed.keys()) if (!REPLACED.has(file)) console.log(`  ${file}`);
  const replaced = [...REPLACED.keys()].filter((file) => changed.has(file));
  if (replaced.length > 0) console.log(`Replacing with simpler pages:\n  ${replaced.join('\n  ')}`);
}

/** @returns the formatter's errors, or an empty string */
function carryOut({ gone, changed }: Plan): string {
  for (const [file, text] of changed) writeFileSync(file, text);
  for (const { part } of gone) rmSync(part, { recursive: true });
  // A list that was only long because of its comments fits on one line again.
  const code = [...changed.keys()].filter((file) => !file.endsWith('.md'));
  const options = { encoding: 'utf8' } as const;
  const format = spawnSync(process.execPath, [BIOME, 'check', '--write', ...code], options);
  return format.status === 0 ? '' : format.stderr;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' });
}
