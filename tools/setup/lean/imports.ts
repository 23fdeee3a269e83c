import { dirname, join } from 'node:path/posix';

/** A quoted path: `'./page'`, `'@/lib/site'` or `'tests/support/one-browser.ts'`. */
const QUOTED = /['"]((?:\.{1,2}|@|[\w-]+)\/[\w@./[\]-]+)['"]/g;
const ENDINGS = ['', '.ts', '.tsx', '.js', '/index.ts', '/index.tsx'];
const HAS_IMPORTS = /\.(tsx?|js|md)$/;

/**
 * Follows imports, and other quoted paths of files, such as those in `vitest.config.ts` and in documents.
 *
 * @param from the files to start with
 * @param all all files of the project
 * @param read returns the text of a file
 * @returns the files to start with, and all files that they need
 */
export function neededBy(
  from: readonly string[],
  all: ReadonlySet<string>,
  read: (file: string) => string,
): ReadonlySet<string> {
  const needed = new Set(from);
  // Files that are added here are visited, too.
  for (const file of needed) {
    if (!HAS_IMPORTS.test(file)) continue;
    for (const [, path = ''] of read(file).matchAll(QUOTED)) {
      const found = ENDINGS.map((ending) => `${fromRoot(path, file)}${ending}`);
      for (const each of found) if (all.has(each)) needed.add(each);
    }
  }
  return needed;
}

function fromRoot(path: string, file: string): string {
  if (path.startsWith('@/')) return path.slice(2);
  return path.startsWith('.') ? join(dirname(file), path) : path;
}
