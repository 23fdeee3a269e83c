// Makes this project lean, and removes itself. `npm run init -- --lean` runs it, after it has removed the demo.
import { readFileSync, rmSync } from 'node:fs';
import { access } from '@/lib/access';
import { DESCRIPTION, NAME, PAGES } from '@/lib/site';
import { filesOf, projectFiles } from '../init/files';
import { readRecord, recordChoices, startOf } from '../record';
import { DOCUMENTS } from './parts';
import { type LeanPlan, planLean } from './plan';
import { filledIn } from './readme';
import { carryOut } from './write';

/** It also has files that git ignores: packages, and what the bench has built. */
const WORKSHOP = 'tools/workshop';

process.exitCode = main();

/** @returns the exit code */
function main(): number {
  const start = startOf();
  const { commit } = readRecord();
  // A file that wasn't there when the project began is the owner's.
  const first = commit === undefined ? undefined : filesOf(commit);
  const site = { name: NAME, description: DESCRIPTION, pages: PAGES, access };
  const plan = planLean({
    files: projectFiles(),
    read: (file) => readFileSync(file, 'utf8'),
    isOwn: (file) => first !== undefined && !first.has(file),
    fill: (skeleton) => filledIn(skeleton, site),
  });
  announce(plan);
  const problems = carryOut(plan.changed, plan.gone);
  const left = projectFiles().some((file) => file.startsWith(`${WORKSHOP}/`));
  if (!left) rmSync(WORKSHOP, { recursive: true, force: true });
  recordChoices({ demo: false, lean: true }, start);
  console.log(
    `\n✓ Made lean: ${plan.gone.length} files deleted, ${plan.changed.size} changed. Run \`npm test\` to check the rest.`,
  );
  if (problems === '') return 0;
  console.error(
    `${problems}\nThe formatter could not fix this. Fix it by hand; \`npm run format\` shows it again.`,
  );
  return 1;
}

function announce({ gone, changed, kept, unused }: LeanPlan): void {
  console.log('Deleting:');
  for (const folder of new Set(gone.map(folderOf))) {
    const files = gone.filter((file) => folderOf(file) === folder);
    console.log(files.length === 1 ? `  ${files[0]}` : `  ${folder}   ${files.length} files`);
  }
  for (const name of unused) console.log(`  ${name}`);
  console.log(`Changing:\n  ${[...changed.keys()].join('\n  ')}`);
  if (kept.length === 0) return;
  console.log('Keeping what you have written:');
  for (const file of kept) {
    const hint = DOCUMENTS.has(file) ? '   it may still mention deleted files' : '';
    console.log(`  ${file}${hint}`);
  }
}

/** The two upper folders of a path, or the file itself if it is in none. */
function folderOf(file: string): string {
  return file.split('/').slice(0, -1).slice(0, 2).join('/') || file;
}
