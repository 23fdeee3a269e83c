import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';

/** The two forms of Next's convention: `middleware.ts` on Edge, and `proxy.ts` on Node. */
export type Form = 'middleware' | 'proxy';

/**
 * Returns the form that a project uses.
 *
 * @param folder the project's folder
 * @throws Error if it has both, which Next refuses to build, or neither
 */
export function formOf(folder = '.'): Form {
  const forms = (['middleware', 'proxy'] as const).filter((form) =>
    existsSync(join(folder, `${form}.ts`)),
  );
  const [form] = forms;
  if (form !== undefined && forms.length === 1) return form;
  throw new Error(
    form === undefined
      ? 'Neither middleware.ts nor proxy.ts exists, so nothing protects this site. Restore one of them with git.'
      : 'Both middleware.ts and proxy.ts exist, but Next.js allows only one. Delete the one that you do not want.',
  );
}

/**
 * Returns the other form.
 *
 * @param form one of the two
 */
export function otherThan(form: Form): Form {
  return form === 'proxy' ? 'middleware' : 'proxy';
}

/** Files that describe both forms, or the middleware of another app. */
export const STAYS =
  /^(docs\/decisions\/0001-|tests\/examples\/|tools\/setup\/(tests\/)?migrate-proxy)|\/(proxy|next-intl|bench\/apps)\//;
const TEXT = /\.(ts|tsx|js|json|md|ya?ml)$/;
/** Folders that aren't part of the project's source. */
const OUTSIDE = ['node_modules', '.git', '.next'];

/**
 * Changes a project to a form: moves the file, renames its export, and updates every reference to the
 * file. Lines that mention both forms are kept, so that moving back restores the same bytes.
 *
 * @param to the new form
 * @param folder the project's folder, which has the other form
 * @returns the paths of the other files that have changed
 */
export function moveTo(to: Form, folder = '.'): string[] {
  const from = otherThan(to);
  const file = `${to}.ts`;
  moveFile(folder, `${from}.ts`, file);
  const path = join(folder, file);
  writeFileSync(path, renamed(withExport(readFileSync(path, 'utf8'), to), to));

  const changed: string[] = [];
  for (const each of filesOf(folder)) {
    if (each === file || !TEXT.test(each) || STAYS.test(each)) continue;
    const text = readFileSync(join(folder, each), 'utf8');
    const next = renamed(text, to);
    if (next === text) continue;
    writeFileSync(join(folder, each), next);
    changed.push(each);
  }
  format(folder, [file, ...changed]);
  return changed;
}

/** With a shorter name, lines may break elsewhere. Uses this project's formatter for any folder. */
function format(folder: string, files: readonly string[]): void {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const code = files.filter((file) => !file.endsWith('.md'));
  const args = [biome, 'check', '--write', '--no-errors-on-unmatched', ...code];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0)
    console.error(`${stderr}\nFix this by hand; \`npm run lint -- --write\` shows it again.`);
}

/**
 * Replaces the file's name in a text.
 *
 * @param text the text of a file
 * @param to the new form
 */
export function renamed(text: string, to: Form): string {
  const from = otherThan(to);
  // A path with a folder refers to another app's file.
  const old = new RegExp(`(?<![\\w/.-])${from}\\.ts(?!\\w)`, 'g');
  return text
    .split('\n')
    .map((line) => (line.includes(`${to}.ts`) ? line : line.replace(old, `${to}.ts`)))
    .join('\n');
}

/** Renames `export { guard as middleware }`, `export const middleware` or an exported function. */
function withExport(text: string, to: Form): string {
  const from = otherThan(to);
  const exported = new RegExp(
    `(\\bas |^export (?:const|(?:async )?function) )${from}(?=\\s*[},=(:])`,
    'gm',
  );
  return text.replace(exported, `$1${to}`);
}

/** Moves a file with git if git tracks it, to keep its history. */
function moveFile(folder: string, from: string, to: string): void {
  const { status } = spawnSync('git', ['mv', from, to], { cwd: folder });
  if (status !== 0) renameSync(join(folder, from), join(folder, to));
}

/** Tracked and untracked files, without ignored ones; without git, all but packages and builds. */
function filesOf(folder: string): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) return walk(folder, folder);
  return stdout.split('\0').filter((file) => file !== '' && existsSync(join(folder, file)));
}

function walk(folder: string, root: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return OUTSIDE.includes(entry.name) ? [] : walk(path, root);
    return entry.isFile() ? [relative(root, path).split(sep).join('/')] : [];
  });
}
