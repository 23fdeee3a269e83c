// `npm run demo:remove`: removes the demo and itself. The site that remains builds and passes its tests.
// `-- --force` removes it despite uncommitted changes.
import { readFileSync } from 'node:fs';
import { projectFiles, whyNotUndoable } from '../init/files';
import { carryOut } from '../lean/write';
import { recordChoices, startOf } from '../record';
import { type Plan, planRemoval, REPLACED } from './plan';

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
  const plan = planRemoval(projectFiles(), (file) => readFileSync(file, 'utf8'));
  const isRemoved = plan.gone.length + plan.changed.size === 0;
  const reason = whyNotUndoable(force || isRemoved);
  if (reason !== undefined) {
    console.error(`${reason} Nothing was changed. \`-- --force\` ignores uncommitted changes.`);
    return 1;
  }
  if (isRemoved) {
    console.log('The demo has already been removed.');
    return 0;
  }

  const start = startOf();
  announce(plan);
  const problems = carryOut(
    plan.changed,
    plan.gone.map(({ part }) => part),
  );
  recordChoices({ demo: false }, start);
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
