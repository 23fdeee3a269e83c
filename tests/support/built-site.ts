import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

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
  '/profile',
  '/refresh',
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
