import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** The files of the repository, including those not yet committed. */
export const FILES: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));

/** The TypeScript and JavaScript files. */
export const SOURCES: readonly string[] = FILES.filter((file) => /\.(ts|tsx|js)$/.test(file));

/** The sources whose path starts with one of these. */
export function within(...folders: string[]): string[] {
  return SOURCES.filter((file) => folders.some((folder) => file.startsWith(folder)));
}

/**
 * Finds imports that are not allowed.
 *
 * @param files of the repository
 * @param allowed matches every allowed import
 * @returns each other import, as `file: import`
 */
export function forbiddenImports(files: readonly string[], allowed: RegExp): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((name) => !allowed.test(name))
      .map((name) => `${file}: ${name}`),
  );
}

/**
 * Lists the imports of a file.
 *
 * @param file of the repository
 * @returns each import as it is written in the source
 */
export function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\s]+)'/g);
  return [...found].map(([, name = '']) => name);
}
