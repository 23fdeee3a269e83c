import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

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

/**
 * Finds groups of source files that import each other in a circle. All imports count: values, types,
 * re-exports and `import()`.
 *
 * @param root the project's folder, which `@/` stands for
 * @param folders in `root`, e.g. `lib/local-pool/src`; imports of files outside them don't count
 * @returns the files of each circle, relative to `root` and sorted; empty if there is no circle
 */
export function findImportCircles(root: string, folders: readonly string[]): string[][] {
  const files = folders.flatMap((folder) => sourcesIn(root, folder));
  const known = new Set(files);
  const imports = new Map(files.map((file) => [file, importedBy(root, file, known)]));
  const circles = stronglyConnected(imports).filter(
    (group) => group.length > 1 || imports.get(group[0] ?? '')?.includes(group[0] ?? ''),
  );
  return circles.map((group) => group.sort());
}

/**
 * Finds all source files that a file imports, and those that these import, and so on. Types count,
 * too.
 *
 * @param root the project's folder, which `@/` stands for
 * @param folders in `root`; imports of files outside them aren't followed
 * @param entry a file in one of the folders
 * @returns the files, relative to `root`, with the entry itself
 */
export function findImported(root: string, folders: readonly string[], entry: string): string[] {
  const known = new Set(folders.flatMap((folder) => sourcesIn(root, folder)));
  const found = new Set([entry]);
  // A set also iterates over what is added meanwhile.
  for (const file of found) {
    for (const imported of importedBy(root, file, known)) found.add(imported);
  }
  return [...found];
}

function sourcesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((name) => /\.(ts|tsx|js)$/.test(name) && !name.includes('/node_modules/'));
}

/** Matches the module in an import or export statement, or in an import expression. */
const SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"\s]+)['"]/g;

function importedBy(root: string, file: string, known: ReadonlySet<string>): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(SPECIFIER)].flatMap(([, specifier = '']) => {
    const path = pathOf(file, specifier);
    if (path === undefined) return [];
    const found = candidates(path).find((candidate) => known.has(candidate));
    if (found === undefined && !isElsewhere(root, path)) {
      throw new Error(`${file} imports ${specifier}, but there is no such file.`);
    }
    return found ?? [];
  });
}

/** The path of a file in the project; undefined for a package. */
function pathOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('@/')) return posix.normalize(specifier.slice(2));
  if (specifier.startsWith('.')) return posix.join(dirname(file), specifier);
  return undefined;
}

function candidates(path: string): string[] {
  return [path, `${path}.ts`, `${path}.tsx`, `${path}.js`, `${path}/index.ts`, `${path}/index.tsx`];
}

function isElsewhere(root: string, path: string): boolean {
  return candidates(path).some((candidate) => existsSync(join(root, candidate)));
}

/** Tarjan's algorithm: every node is in exactly one group. */
function stronglyConnected(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const groups: string[][] = [];

  function visit(node: string): number {
    const index = order.size;
    let low = index;
    order.set(node, index);
    open.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next) ?? low);
    }
    if (low === index) groups.push(open.splice(open.indexOf(node)));
    return low;
  }

  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return groups;
}
