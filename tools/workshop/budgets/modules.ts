import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { gzipSync } from 'node:zlib';
import { middlewareOf } from '../support/built-middleware';

/** A part of the middleware, and how much smaller the middleware would be without it. */
export interface Share {
  readonly name: string;
  /** After gzip. The shares add up to less than the whole: parts that resemble each other compress each other. */
  readonly bytes: number;
}

/**
 * Names the package or folder of a module, as in the table of `docs/performance.md`.
 *
 * @param source a module's path or address in a source map
 */
export function groupOf(source: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
  if (name !== undefined) return name;
  const [own = source] = /(lib|app)\/.*|[^/]+$/.exec(source) ?? [];
  const [folder] = /^lib\/cognito\/[\w-]+(?=\/)/.exec(own) ?? [];
  if (folder !== undefined) return folder;
  return own.startsWith('lib/cognito/') ? 'lib/cognito' : 'lib and middleware.ts';
}

/** A module's path in the project. */
export function moduleOf(source: string): string {
  return decodeURIComponent(source).replace(/^turbopack:\/\/\/\[project\]\/|^(\.\.\/)+/, '');
}

/**
 * Measures the parts of the Edge middleware of the current build: for each, compresses everything else.
 *
 * @param nameOf names the part that a module belongs to
 * @returns the parts, the largest first
 * @throws Error if the build has no Edge middleware, or no source maps
 */
export function sharesOf(nameOf: (source: string) => string): Share[] {
  const { form, files } = middlewareOf();
  const mapped = files.filter((file) => existsSync(`${file}.map`));
  if (form === 'proxy' || mapped.length === 0) throw new Error('There are no source maps on Edge.');
  const sums = new Map<string, number>();
  for (const file of mapped) {
    const text = asGenerated(readFileSync(file, 'utf8'));
    const pieces = piecesOf(text, new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8'))));
    const whole = zipped(text);
    const named = pieces.map(({ source, piece }) => ({ name: nameOf(source), piece }));
    for (const name of new Set(named.map((each) => each.name))) {
      const others = named.filter((each) => each.name !== name).map(({ piece }) => piece);
      sums.set(name, (sums.get(name) ?? 0) + whole - zipped(others.join('')));
    }
  }
  const shares = [...sums].map(([name, bytes]) => ({ name, bytes }));
  return shares.sort((a, b) => b.bytes - a.bytes);
}

/** The text before the last step of `npm run build` wrote the static pages into it, which the source map doesn't know. */
function asGenerated(text: string): string {
  return text.replace(/"[^"]*'sha256-[^"]*"/, '"static-pages-of-this-build"');
}

interface Piece {
  readonly source: string;
  readonly piece: string;
}

/** Cuts a file where the module changes. What the map doesn't name belongs to the module before it. */
function piecesOf(text: string, map: SourceMap): Piece[] {
  const pieces: Piece[] = [];
  let [line, column, start, source] = [0, 0, 0, ''];
  for (let at = 0; at < text.length; at++) {
    const entry = map.findEntry(line, column);
    const next = 'originalSource' in entry ? (entry.originalSource ?? source) : source;
    if (next !== source) {
      if (at > start) pieces.push({ source, piece: text.slice(start, at) });
      [start, source] = [at, next];
    }
    [line, column] = text[at] === '\n' ? [line + 1, 0] : [line, column + 1];
  }
  return [...pieces, { source, piece: text.slice(start) }];
}

function zipped(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}
