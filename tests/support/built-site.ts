import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Built } from './access-report';

/** A public file: where it is on disk, and at which path it is served. */
export interface ServedFile {
  readonly file: string;
  readonly path: string;
}

/** The template's pages and route handlers. Any other routes in a build are your own. */
export const TEMPLATE_ROUTES: readonly string[] = [
  '/',
  '/_global-error',
  '/_not-found',
  '/admin',
  '/api/me',
  '/flow', // demo
  '/forbidden',
  '/healthz',
  '/healthz/ready',
  '/login',
  '/logout',
  '/manifest.webmanifest',
  '/not-configured',
  '/privacy',
  '/profile',
  '/refresh',
  '/refused',
  '/robots.txt',
  '/sensitive',
  '/sitemap.xml',
  '/source', // demo
  '/theme',
];

/** The paths of all pages and route handlers in the build. */
export async function routes(): Promise<{ pages: string[]; handlers: string[] }> {
  const manifest: Record<string, string> = JSON.parse(
    await readFile('.next/app-path-routes-manifest.json', 'utf8'),
  );
  const ending = (end: string) =>
    Object.entries(manifest)
      .filter(([source]) => source.endsWith(end))
      .map(([, path]) => path);
  return { pages: ending('/page'), handlers: ending('/route') };
}

/** What the build serves, for a check of the access list. */
export async function built(): Promise<Built> {
  const manifest = await readJson('.next/app-path-routes-manifest.json');
  const { rewrites } = await readJson('.next/routes-manifest.json');
  const files = await filesIn('public', '');
  return {
    routes: Object.entries<string>(manifest).map(([source, path]) => ({
      path,
      kind: kindOf(source),
    })),
    files: files.map(({ path }) => path),
    rewrites: Object.values<unknown[]>(rewrites).some(({ length }) => length > 0) || isComposed(),
  };
}

/** Next makes route handlers of metadata files: they have no `route.ts`. */
function kindOf(source: string): 'page' | 'handler' | 'image' {
  if (source.endsWith('/page')) return 'page';
  const own = ['ts', 'tsx', 'js', 'jsx'].some((end) => existsSync(`app${source}.${end}`));
  return own ? 'handler' : 'image';
}

/** Whether another middleware runs behind the guard. */
function isComposed(): boolean {
  const files = ['middleware.ts', 'proxy.ts'].filter((file) => existsSync(file));
  return files.some((file) => readFileSync(file, 'utf8').includes('behindGuard('));
}

async function readJson(file: string) {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** All files in `public` and `.next/static`. */
export async function servedFiles(): Promise<ServedFile[]> {
  const [open, built] = await Promise.all([
    filesIn('public', ''),
    filesIn('.next/static', '/_next/static'),
  ]);
  return [...open, ...built];
}

async function filesIn(folder: string, at: string): Promise<ServedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return { file, path: `${at}/${relative(folder, file).replaceAll('\\', '/')}` };
    });
}

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
