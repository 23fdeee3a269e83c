import {
  type AccessList,
  BELOW,
  isPublicFile,
  isPublicPage,
  matches,
  PAGE,
} from '@/lib/cognito/access/access-rules';
import { FORBIDDEN, HANDLERS, isRoute } from '@/lib/cognito/access/routes';

/** What a build serves. */
export interface Built {
  /** The pages and route handlers: their paths, as Next's manifest has them. */
  readonly routes: readonly {
    readonly path: string;
    readonly kind: 'page' | 'handler' | 'image';
  }[];
  /** The paths of the files in `public`. */
  readonly files: readonly string[];
  /** Whether another middleware or a rewrite can show a page at another path than its own. */
  readonly rewrites: boolean;
}

const WHERE = 'of lib/access.ts';

/**
 * Checks an access list against a build: every entry must be the path of something, and no pattern may
 * make something public that isn't listed itself.
 *
 * It tries each parameter with the words of the list. A parameter that happens to be called like an
 * image (`/icon`, for a route `/[user]`) isn't tried: check access in the page, as always.
 *
 * @param access the list
 * @param built the build
 * @returns what is wrong, and what to do
 */
export function accessProblems(access: AccessList, built: Built): string[] {
  return [
    ...(built.rewrites ? [] : unknownPages(access, built)),
    ...unknownFiles(access, built),
    ...contradictions(access),
    ...exposures(access, built),
  ];
}

function unknownPages(access: AccessList, { routes }: Built): string[] {
  const { publicPages, staticPages = [], groupPages, recentSignInPages } = access;
  const paths = routes.flatMap(({ path }) => samplesOf(path, access));
  const unknown = (list: string, pages: readonly string[], kind: typeof PAGE) =>
    pages
      .filter((page) => !paths.some((path) => matches(page, path, kind)))
      .map((page) => `"${page}" in ${list} ${WHERE} is the path of no page. Correct or delete it.`);
  return [
    ...unknown('publicPages', publicPages, PAGE),
    ...unknown('staticPages', staticPages, PAGE),
    ...unknown('groupPages', Object.keys(groupPages), BELOW),
    ...unknown('recentSignInPages', Object.keys(recentSignInPages), PAGE),
  ];
}

function unknownFiles(access: AccessList, { routes, files }: Built): string[] {
  return access.publicFiles.flatMap((file) => {
    const name = `"${file}" in publicFiles ${WHERE}`;
    const opens = (path: string) => isPublicFile({ ...access, publicFiles: [file] }, path);
    const [page] = routes.filter(({ path, kind }) => {
      const samples = samplesOf(path, access).flatMap((each) => [each, `${each}.x`]);
      return kind !== 'image' && samples.some((each) => opens(each) && matches(path, each, PAGE));
    });
    if (page?.path === file && page.kind === 'handler') return [];
    if (page?.path === file) return [`${name} is a page. Move it to publicPages.`];
    if (page) return [`${name} also opens ${page.path}. Move the files to a folder of their own.`];
    if (files.some(opens) || routes.some(({ path }) => path === file)) return [];
    return [
      `${name} is the path of no file. Correct or delete it; a pattern matches names with an extension.`,
    ];
  });
}

/** Public entries that a rule for a group or a recent sign-in overrules. */
function contradictions(access: AccessList): string[] {
  return publicPagesOf(access)
    .filter((page) => !samplesOf(page, access).some((path) => isPublicPage(access, path)))
    .map(
      (page) =>
        `"${page}" in ${access.publicPages.includes(page) ? 'publicPages' : 'staticPages'} ${WHERE} isn't public, because groupPages or recentSignInPages restrict it. Delete one of the two entries.`,
    );
}

function exposures(access: AccessList, { routes, files, rewrites }: Built): string[] {
  const paths = routes.map(({ path }) => path);
  const found = [
    ...routes.filter(({ path, kind }) => kind !== 'image' && !isListed(access, path)),
    ...files.filter((path) => !isPublicFile(access, path)).map((path) => ({ path })),
  ].flatMap(({ path }) => {
    const rivals = files.includes(path) ? [path] : paths;
    for (const sample of samplesOf(path, access)) {
      if (rewrites && namesPage(paths, path, sample)) continue;
      const page = exposing(access, sample);
      if (page !== undefined && served(rivals, sample) === path) return [{ page, path, sample }];
    }
    return [];
  });
  return found.map(
    ({ page, path, sample }) =>
      `"${page}" in publicPages ${WHERE} also makes ${sample} public, which isn't listed${path === sample ? '' : ` (it is served by ${path})`}. If everyone may see it, list "${path}", too. If not, move it to a path that the pattern doesn't match, or restrict it in groupPages or recentSignInPages, which take precedence.`,
  );
}

/**
 * Whether a path gives the parameter at the start of its route, which is a language then, the name of a page: with
 * the pages `/[locale]/blog` and `/[locale]/admin`, another middleware takes `/blog/admin` for a page of the blog.
 */
function namesPage(routes: readonly string[], route: string, path: string): boolean {
  const [[first = ''], [name]] = [partsOf(route), partsOf(path)];
  if (!first.startsWith('[')) return false;
  return routes.map(partsOf).some(([start, next]) => start === first && next === name);
}

/** Whether a route is public by its own entry, or the template's own, which shows nothing private. */
function isListed(access: AccessList, path: string): boolean {
  if (isRoute(path, ...HANDLERS, FORBIDDEN) || access.publicFiles.includes(path)) return true;
  return publicPagesOf(access).some((page) => anonymous(page) === anonymous(path));
}

function publicPagesOf({ publicPages, staticPages = [] }: AccessList): readonly string[] {
  return [...publicPages, ...staticPages];
}

/** The entry that makes a path public without being that path. */
function exposing(access: AccessList, path: string): string | undefined {
  const makesPublic = (page: string) =>
    isPublicPage({ ...access, publicPages: [page], staticPages: [] }, path);
  if (publicPagesOf(access).includes(path)) return undefined;
  return publicPagesOf(access).find(makesPublic);
}

/** The route that Next serves a path with: the most specific one. */
function served(routes: readonly string[], path: string): string | undefined {
  const serving = routes.filter((route) => matches(route, path, PAGE));
  return serving.sort((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}

function rank(route: string): string {
  const ranks = partsOf(route).map((part) => {
    if (part.startsWith('[[')) return 3;
    if (part.startsWith('[...')) return 2;
    return part.startsWith('[') ? 1 : 0;
  });
  return ranks.join('');
}

/** Paths that a pattern matches: with each word that the list has at the place of a parameter. */
function samplesOf(pattern: string, access: AccessList): string[] {
  const { groupPages, recentSignInPages } = access;
  const entries = [
    ...publicPagesOf(access),
    ...Object.keys(groupPages),
    ...Object.keys(recentSignInPages),
  ];
  // A parameter of an entry matches any word, so "x" will do.
  const words = entries.map((entry) => partsOf(entry).map((part) => part.replace(/^\[.*/, 'x')));
  let paths: string[][] = [[]];
  for (const part of partsOf(pattern)) {
    const tails = (path: string[]) => [['x'], ...words.map((all) => all.slice(path.length))];
    if (!part.startsWith('[')) {
      paths = paths.map((path) => [...path, part]);
    } else if (part.includes('...')) {
      const none = part.startsWith('[[') ? paths : [];
      const some = paths.flatMap((path) => tails(path).map((tail) => [...path, ...tail]));
      paths = [
        ...none,
        ...some.filter((path) => !paths.some(({ length }) => length === path.length)),
      ];
    } else {
      paths = paths.flatMap((path) => tails(path).map((tail) => [...path, tail[0] ?? 'x']));
    }
    paths = [...new Set(paths.map((path) => path.join('/')))].map(partsOf);
  }
  return paths.map((path) => `/${path.join('/')}`);
}

/** A pattern without the names of its parameters. */
function anonymous(pattern: string): string {
  return pattern.replace(/\[(\.{3})?[^[\].]+\]/g, '[$1]');
}

function partsOf(path: string): string[] {
  return path.split('/').filter(Boolean);
}
