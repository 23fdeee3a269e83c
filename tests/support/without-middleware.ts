import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What `next start` reads. */
const PARTS = [
  '.next',
  'public',
  'package.json',
  'next.config.js',
  'lib/body-limits.js',
  'lib/external-origins.js',
];

/**
 * Copies the build and removes its middleware, as if an attacker had bypassed it.
 *
 * @returns the folder of the copy, for `startSite` or `startServer`, and a function that deletes it
 */
export function withoutMiddleware(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'without-middleware-'));
  for (const part of PARTS) {
    const skipped = resolve(part, 'cache');
    cpSync(part, join(folder, part), {
      recursive: true,
      filter: (from) => resolve(from) !== skipped,
    });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  for (const [manifest, without] of [
    ['middleware-manifest.json', { middleware: {}, sortedMiddleware: [], functions: {} }],
    // In its proxy form, the middleware is built as a Node function.
    ['functions-config-manifest.json', { functions: {} }],
  ] as const) {
    const file = join(folder, '.next/server', manifest);
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...without }));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
