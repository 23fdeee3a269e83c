import { existsSync, readFileSync } from 'node:fs';
import { type SourceMap, sizesBySource } from './source-map';

/** A file that was evaluated: what `trace.cjs` writes. */
export interface Loaded {
  readonly file: string;
  /** The file that loaded it; undefined for one that was loaded later, or by Node itself. */
  readonly by?: string;
  /** Whether the Edge sandbox evaluated it. */
  readonly edge: boolean;
  readonly bytes: number;
  /** Compiling and evaluating it, without the files that it loads. */
  readonly milliseconds: number;
}

/** How much code of one origin was loaded, in bytes. */
export interface Share {
  readonly origin: string;
  readonly node: number;
  readonly edge: number;
}

/**
 * Adds up what was loaded by package, and our own code by folder: all of `app` in one. Chunks of a build are divided by their source maps.
 *
 * @param files from a trace
 * @param readMap the source map of a file; by default the one beside it
 * @returns the largest first
 */
export function shares(files: readonly Loaded[], readMap = mapOf): Share[] {
  const sums = new Map<string, { node: number; edge: number }>();
  for (const { file, edge, bytes } of files) {
    const map = readMap(file);
    const parts = map ? sizesBySource(map.code, map) : new Map([[file, bytes]]);
    for (const [source, size] of parts) {
      const origin = originOf(source);
      const sum = sums.get(origin) ?? { node: 0, edge: 0 };
      sum[edge ? 'edge' : 'node'] += size;
      sums.set(origin, sum);
    }
  }
  return [...sums]
    .map(([origin, sum]) => ({ origin, ...sum }))
    .toSorted((a, b) => b.node + b.edge - (a.node + a.edge));
}

/**
 * What a source belongs to: a package, a folder of this project, or the bundler.
 *
 * @param source a path, or a name in a source map
 */
export function originOf(source: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
  if (name !== undefined) return name;
  const [, own] = /(?:^|\/)((?:lib\/cognito|lib)\/[^/]+|app)\//.exec(source) ?? [];
  if (own !== undefined && !source.includes('.next/')) return own;
  return /\.next\/|turbopack|^$/.test(source)
    ? 'loaders and entries of the build'
    : 'the project’s root';
}

function mapOf(file: string): (SourceMap & { code: string }) | undefined {
  // Packages have maps, too, but a file of a package belongs to it as a whole.
  if (!file.includes('/.next/') || !existsSync(`${file}.map`)) return undefined;
  const map: Partial<SourceMap> = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
  const { sources, mappings } = map;
  // Turbopack's own loader has a map of another form, in sections.
  if (!sources || mappings === undefined) return undefined;
  return { sources, mappings, code: readFileSync(file, 'utf8') };
}
