import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Copies the build and takes its middleware out, as by any of Next's bypasses.
 *
 * @returns the folder of the copy, for `startSite` or `startServer`, and what removes it
 */
export function withoutMiddleware(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'without-middleware-'));
  for (const part of ['.next', 'public', 'package.json', 'next.config.js']) {
    const skipped = resolve(part, 'cache');
    cpSync(part, join(folder, part), {
      recursive: true,
      filter: (from) => resolve(from) !== skipped,
    });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const manifest = join(folder, '.next/server/middleware-manifest.json');
  const known = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(
    manifest,
    JSON.stringify({ ...known, middleware: {}, sortedMiddleware: [], functions: {} }),
  );
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
