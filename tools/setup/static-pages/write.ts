import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StaticPage } from './pages';

/** `lib/cognito/static-pages/built-pages.ts`. */
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
  const files = FOLDERS.flatMap((name) => scriptsIn(join(folder, name)));
  return files.filter((file) => {
    const text = readFileSync(file, 'utf8');
    const filled = text.replaceAll(PLACEHOLDER, entries.join('|'));
    if (filled !== text) writeFileSync(file, filled);
    return filled !== text;
  });
}

function scriptsIn(folder: string): string[] {
  try {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const scripts = files.filter((file) => file.endsWith('.js') && !file.includes('node_modules'));
    return scripts.map((file) => join(folder, file));
  } catch {
    return []; // Not each build has each folder.
  }
}
