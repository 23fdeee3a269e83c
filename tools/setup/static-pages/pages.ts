import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AccessList,
  isPublicFile,
  isStaticPage,
} from '../../../lib/cognito/access/access-rules';
import { hashScripts } from './script-hashes';

/** A static page of a build: its path, encoded as in a request, and the hashes of its inline scripts. */
export interface StaticPage {
  readonly path: string;
  readonly hashes: readonly string[];
}

const LIST = 'staticPages of lib/access.ts';
/** Characters that a path can't have in the list that goes into the build. */
const UNFIT = /['"`\\|>$\s]/;

/**
 * Finds the static pages of a build, and compares them with the list.
 *
 * @param folder of the build
 * @param access the access rules
 * @returns the pages, and what is wrong with pages or list
 */
export function staticPagesOf(
  folder: string,
  access: AccessList,
): { pages: StaticPage[]; problems: string[] } {
  const manifest = readJson(join(folder, 'prerender-manifest.json'));
  const places = placesOf(folder);
  const rendered = Object.entries<Record<string, unknown>>(manifest.routes);
  const pages: StaticPage[] = [];
  const problems: string[] = [];
  const found = new Set<string>();
  for (const [path, { srcRoute, initialRevalidateSeconds }] of rendered) {
    const files = places.map((place) => join(place, path === '/' ? 'index' : path));
    const file = files.find((name) => existsSync(`${name}.html`));
    if (file === undefined || path.startsWith('/_')) continue;
    const address = new URL(path, 'http://localhost').pathname;
    const entry = (access.staticPages ?? []).find((page) => page === srcRoute);
    if (entry === undefined) {
      problems.push(
        `${srcRoute} is a static page, and its scripts won't run: list it in ${LIST}, or delete its \`force-static\`.`,
      );
      continue;
    }
    found.add(entry);
    const problem = problemOf(address, access, initialRevalidateSeconds);
    const hashed = hashScripts(
      readFileSync(`${file}.html`, 'utf8'),
      readFileSync(`${file}.rsc`, 'utf8'),
    );
    if (problem) problems.push(`${address} ${problem}`);
    else if (hashed.ok) pages.push({ path: address, hashes: hashed.hashes });
    else
      problems.push(
        `${address} has an inline script that isn't Next's, and a policy with hashes would trust it for good: ${hashed.script.slice(0, 80)}. Move it into a client component. If it is React's ($RC), remove the <Suspense> or loading.tsx around it.`,
      );
  }
  for (const entry of access.staticPages ?? []) {
    const open = manifest.dynamicRoutes[entry]?.fallback;
    if (!found.has(entry))
      problems.push(
        `"${entry}" in ${LIST} is not a static page of this build. Export \`dynamic = 'force-static'\` from it (with a parameter, \`generateStaticParams\`, too), or move it to publicPages.`,
      );
    else if (open !== undefined && open !== false)
      problems.push(
        `"${entry}" in ${LIST} would also be rendered for other parameters later, and the policy knows no hashes of those. Export \`dynamicParams = false\` from it.`,
      );
  }
  return { pages, problems };
}

/** Where Next writes the pages: with an adapter (Vercel can build with its own), below a folder for each route. */
function placesOf(folder: string): string[] {
  const routes = join(folder, 'server/route-cache/APP_PAGE');
  const names = existsSync(routes) ? readdirSync(routes) : [];
  return [join(folder, 'server/app'), ...names.map((name) => join(routes, name, '$'))];
}

function problemOf(path: string, access: AccessList, revalidate: unknown): string | undefined {
  if (UNFIT.test(path)) return 'has a character in its path that a static page can’t have.';
  if (!isStaticPage(access, path))
    return `is in ${LIST}, but groupPages or recentSignInPages restrict it.`;
  if (isPublicFile(access, path)) return `is in publicFiles, too. Delete one of the two entries.`;
  if (revalidate !== false)
    return 'exports `revalidate`: it would change after the build, and its hashes with it. Delete the export.';
  return undefined;
}

function readJson(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
