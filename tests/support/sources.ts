import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** The files of the repository, those not yet committed among them. */
export const FILES: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));

/** Those of TypeScript and JavaScript. */
export const SOURCES: readonly string[] = FILES.filter((file) => /\.(ts|tsx|js)$/.test(file));

/** The sources whose path begins with one of these. */
export function within(...folders: string[]): string[] {
  return SOURCES.filter((file) => folders.some((folder) => file.startsWith(folder)));
}

/**
 * Every import of these files that no rule allows.
 *
 * @param files of the repository
 * @param allowed what an import may be
 * @returns each as `file: import`
 */
export function forbiddenImports(files: readonly string[], allowed: RegExp): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((name) => !allowed.test(name))
      .map((name) => `${file}: ${name}`),
  );
}

/**
 * What a source imports.
 *
 * @param file of the repository
 * @returns each import as it is written
 */
export function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\s]+)'/g);
  return [...found].map(([, name = '']) => name);
}
