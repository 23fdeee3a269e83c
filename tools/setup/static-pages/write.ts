import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { StaticPage } from './pages';

/** `lib/cognito/static-pages/serve-open.ts`. */
const PLACEHOLDER = 'static-pages-of-this-build';

/** Folders of a build that can contain the middleware: the build, the image, and what Vercel's adapter collects. */
const FOLDERS = ['server', 'standalone', 'output'];

/**
 * Writes static pages into each copy of a build's middleware.
 *
 * @param folder of the build
 * @param pages with their hashes
 * @returns the files that have changed
 */
export function writePages(folder: string, pages: readonly StaticPage[]): string[] {
  const entries = pages.map(({ path, hashes }) => `${path}>${hashes.join(' ')}`);
  const files = FOLDERS.flatMap((name) => filesIn(join(folder, name), '.js'));
  const changed = files.filter((file) => {
    const text = readFileSync(file, 'utf8');
    const filled = text.replaceAll(PLACEHOLDER, entries.join('|'));
    if (filled !== text) writeFileSync(file, filled);
    return filled !== text;
  });
  for (const config of filesIn(join(folder, 'output/functions'), '.vc-config.json')) {
    correctHashes(config, folder, changed);
  }
  return changed;
}

/** Vercel's adapter has a hash for each file of a middleware on Node, and Vercel can compare functions by these. */
function correctHashes(config: string, folder: string, changed: readonly string[]): void {
  const found: { fileHashes?: Record<string, string> } = JSON.parse(readFileSync(config, 'utf8'));
  const { fileHashes = {} } = found;
  const names = Object.keys(fileHashes);
  for (const file of changed) {
    const end = `/${relative(folder, file).split(sep).join('/')}`;
    const name = names.find((each) => each.endsWith(end));
    if (name === undefined) continue;
    fileHashes[name] = createHash('sha256').update(readFileSync(file)).digest('hex');
    writeFileSync(config, JSON.stringify(found));
  }
}

/** Not each build has each folder. */
function filesIn(folder: string, end: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const found = files.filter((file) => file.endsWith(end) && !file.includes('node_modules'));
  return found.map((file) => join(folder, file));
}
