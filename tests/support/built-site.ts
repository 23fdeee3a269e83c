import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A file that anybody may have: where it is on the disk, and at which path. */
export interface ServedFile {
  readonly file: string;
  readonly path: string;
}

/** The pages and route handlers that come with the template; those of a build that are not here are yours. */
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

/** The paths of all pages and route handlers of the build. */
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

/** All files of `public` and `.next/static`. */
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
