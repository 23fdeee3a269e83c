import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { type Form, otherThan } from './form';

/** What speaks of both forms, or of the middleware of another app. */
export const STAYS =
  /^(docs\/decisions\/0001-|tests\/examples\/|tools\/setup\/(tests\/)?migrate-proxy)|\/(proxy|next-intl|bench\/apps)\//;
const TEXT = /\.(ts|tsx|js|json|md|ya?ml)$/;
/** Not the project's own, or no file of a person. */
const OUTSIDE = ['node_modules', '.git', '.next'];

/**
 * Moves a project to a form: the file, the name of its export, and whatever else names the file. A line
 * that names both forms stays, so that the way back gives the same bytes.
 *
 * @param folder of the project, which has the other form
 * @param to the form it gets
 * @returns the files that have changed besides, by their paths in the project
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

/** A shorter name lets more onto a line. By the formatter of this project, wherever the folder is. */
function format(folder: string, files: readonly string[]): void {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const code = files.filter((file) => !file.endsWith('.md'));
  const args = [biome, 'check', '--write', '--no-errors-on-unmatched', ...code];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) console.error(`${stderr}\n\`npm run format\` says it again.`);
}

/**
 * A text in which the file has the name of a form.
 *
 * @param text of a file
 * @param to the form
 */
export function renamed(text: string, to: Form): string {
  const from = otherThan(to);
  // In a folder of its own it is somebody else's.
  const old = new RegExp(`(?<![\\w/.-])${from}\\.ts(?!\\w)`, 'g');
  return text
    .split('\n')
    .map((line) => (line.includes(`${to}.ts`) ? line : line.replace(old, `${to}.ts`)))
    .join('\n');
}

/** `export { guard as middleware }`, or `export const middleware`, or a function. */
function withExport(text: string, to: Form): string {
  const from = otherThan(to);
  const exported = new RegExp(
    `(\\bas |^export (?:const|(?:async )?function) )${from}(?=\\s*[},=(:])`,
    'gm',
  );
  return text.replace(exported, `$1${to}`);
}

/** By git, where git knows the file: its history goes along. */
function moveFile(folder: string, from: string, to: string): void {
  const { status } = spawnSync('git', ['mv', from, to], { cwd: folder });
  if (status !== 0) renameSync(join(folder, from), join(folder, to));
}

/** What git knows and would know; without git everything that is no package and no build. */
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
