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
  for (const [manifest, without] of [
    ['middleware-manifest.json', { middleware: {}, sortedMiddleware: [], functions: {} }],
    // A proxy is one of the functions of Node.
    ['functions-config-manifest.json', { functions: {} }],
  ] as const) {
    const file = join(folder, '.next/server', manifest);
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...without }));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
