import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/**
 * The groups of source files that import each other in a circle, by whatever way: values, types,
 * exports from elsewhere and `import()`.
 *
 * @param root the project's folder, where `@/` begins
 * @param folders below it, e.g. `lib/local-pool/src`; imports of files outside of them don't count
 * @returns each circle's files, relative to `root`, in order of their names; none is what you want
 */
export function findImportCircles(root: string, folders: readonly string[]): string[][] {
  const files = folders.flatMap((folder) => sourcesIn(root, folder));
  const known = new Set(files);
  const imports = new Map(files.map((file) => [file, importsOf(root, file, known)]));
  const circles = stronglyConnected(imports).filter(
    (group) => group.length > 1 || imports.get(group[0] ?? '')?.includes(group[0] ?? ''),
  );
  return circles.map((group) => group.sort());
}

function sourcesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((name) => /\.(ts|tsx|js)$/.test(name) && !name.includes('/node_modules/'));
}

/** An import or export statement's, or an import expression's, module. */
const SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"\s]+)['"]/g;

function importsOf(root: string, file: string, known: ReadonlySet<string>): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(SPECIFIER)].flatMap(([, specifier = '']) => {
    const path = pathOf(file, specifier);
    if (path === undefined) return [];
    const found = candidates(path).find((candidate) => known.has(candidate));
    if (found === undefined && !isElsewhere(root, path)) {
      throw new Error(`${file} imports ${specifier}, which is no file.`);
    }
    return found ?? [];
  });
}

/** Undefined for a package's. */
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
