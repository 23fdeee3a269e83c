// `npm run --prefix tools/workshop release -- 1.1.0`: prepares a release. It moves what is under Unreleased in
// CHANGELOG.md to the version, writes the version, and records what owners of copies rely on.
import { readFileSync, writeFileSync } from 'node:fs';
import { compareVersions } from '../../setup/update/releases';
import { sealNow } from './old-session';
import { readSurface } from './surface';

const RECORD = '.template.json';
const HEADING = '## Unreleased\n';

const [version = '', ...rest] = process.argv.slice(2);
const problem = whyNot(version);
if (problem === undefined && rest.length === 0) await release(version);
else {
  console.error(problem ?? 'Give only the version.');
  process.exitCode = 2;
}

/** @returns one sentence that says why there can't be such a release, or undefined */
function whyNot(wanted: string): string | undefined {
  if (!/^\d+\.\d+\.\d+$/.test(wanted)) return 'Give the version, such as 1.1.0.';
  const present: string = JSON.parse(readFileSync(RECORD, 'utf8')).version;
  const isFirst = wanted === present && !changelog().includes(`## ${wanted} `);
  if (!isFirst && compareVersions(wanted, present) <= 0)
    return `The version must be above ${present}.`;
  return changelog().includes(HEADING) ? undefined : `CHANGELOG.md has no ${HEADING.trim()}.`;
}

async function release(wanted: string): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(
    'CHANGELOG.md',
    changelog().replace(HEADING, `${HEADING}\n## ${wanted} - ${date}\n`),
  );
  // Not JSON.stringify: nothing else in these files changes.
  for (const file of [RECORD, 'package.json']) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/(?<="version": ")[^"]+/, wanted));
  }
  const lock = readFileSync('package-lock.json', 'utf8');
  let left = 2;
  // The project's own version: at the top, and in the entry "".
  const own = lock.replace(/(?<="version": ")[^"]+/g, (found) => (left-- > 0 ? wanted : found));
  writeFileSync('package-lock.json', own);
  const record = { surface: readSurface(), session: await sealNow() };
  writeFileSync(`tools/workshop/release/${wanted}.json`, `${JSON.stringify(record, null, 2)}\n`);
  console.log(`✓ ${wanted} is prepared. Next: npm run lint -- --write, npm run test:all, then
  git add -A && git commit -m "Release ${wanted}" && git tag --annotate v${wanted} --message "Release ${wanted}"`);
}

function changelog(): string {
  return readFileSync('CHANGELOG.md', 'utf8');
}
