import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import {
  type AccessList,
  isPublicFile,
  isStaticPage,
} from '../../../lib/cognito/access/access-rules';
import { THEME_SCRIPT } from '../../../lib/theme';

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

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script/gi;
/** Next's own: the names of the page's chunks, and the start of its data. */
const CHUNKS =
  /^\(globalThis\["TURBOPACK"\] \|\| \(globalThis\["TURBOPACK"\] = \[\]\)\)\.push\((\{.*\})\);$/;
const START = '(self.__next_f=self.__next_f||[]).push([0])';
const DATA = /^self\.__next_f\.push\((\[1,".*"\])\)$/s;

/** The inline scripts of a page, hashed for its policy; or the start of a script that isn't Next's. */
export type Hashed =
  | { readonly ok: true; readonly hashes: readonly string[] }
  | { readonly ok: false; readonly script: string };

/**
 * Hashes a page's inline scripts. Only Next's own are accepted, and only with the data that Next also keeps for its
 * router: a script in the page's content, from an editor or a CMS, must not become trusted because it was there when
 * the page was built. A nonce wouldn't trust it either.
 *
 * @param html as Next rendered it
 * @param data of the page, for Next's router
 */
export function hashScripts(html: string, data: string): Hashed {
  const hashes = new Set<string>();
  let rest = data;
  let chunks = 0;
  for (const [, attributes = '', text = ''] of html.matchAll(SCRIPT)) {
    if (/\ssrc=/.test(attributes) || isData(attributes)) continue;
    const pushed = DATA.exec(text)?.[1];
    const part = pushed === undefined ? undefined : stringIn(pushed);
    if (part !== undefined && rest.startsWith(part)) rest = rest.slice(part.length);
    else if (isJson(CHUNKS.exec(text)?.[1])) chunks += 1;
    else if (text !== START && text !== THEME_SCRIPT) return { ok: false, script: text };
    if (chunks > 1) return { ok: false, script: text };
    hashes.add(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  return rest === '' ? { ok: true, hashes: [...hashes] } : { ok: false, script: rest };
}

/** Structured data for search engines: browsers don't run it. */
function isData(attributes: string): boolean {
  return /^\s*type="application\/(ld\+)?json"\s*$/.test(attributes);
}

function stringIn(pushed: string): string | undefined {
  const [, text]: unknown[] = parsed(pushed) ?? [];
  return typeof text === 'string' ? text : undefined;
}

function isJson(text: string | undefined): boolean {
  return text !== undefined && parsed(text) !== undefined;
}

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

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

/**
 * Finds files below a folder, without those of packages.
 *
 * @param folder of a build, which may have no such folder
 * @param end of the files' names or paths
 * @returns their paths
 */
export function filesIn(folder: string, end: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const found = files.filter((file) => file.endsWith(end) && !file.includes('node_modules'));
  return found.map((file) => join(folder, file));
}
