/**
 * Who may see what, before any page is asked. Everything is private until it is listed here, and a
 * list entry matches exactly: no prefix, no pattern, no case folding.
 */

/** Pages and routes for everybody, signed in or not. */
const PUBLIC_PAGES: ReadonlySet<string> = new Set([
  '/',
  '/flow', // demo
  '/login',
  '/login/',
  '/logout',
  '/logout/',
  '/source', // demo
  '/theme',
]);

/** For machines that watch the server: answered whatever the settings, and no cookie is read. */
const HEALTH_CHECKS: ReadonlySet<string> = new Set(['/healthz', '/healthz/ready']);

/** What `next dev` alone has, `page.dev.tsx`; a developer needs it while nobody can sign in. */
const DEVELOPER_PAGES: ReadonlySet<string> = new Set(['/doctor']);

/** Files, of `public/` or made by Next. They need no session, so none is read for them. */
const PUBLIC_FILES: ReadonlySet<string> = new Set([
  '/icon.svg',
  '/icon-192.png',
  '/icon-512.png',
  '/apple-icon.png',
  '/favicon.ico',
  '/social.png',
  '/manifest.webmanifest',
  '/robots.txt',
  '/sitemap.xml',
]);

/**
 * Pages for members of a group, and everything below them. The page asks `requireGroup` itself and
 * that is the lock; an entry here lets the middleware answer with a 403 page in plain HTML, which
 * Next's `forbidden()` alone renders only with JavaScript.
 */
const GROUP_PAGES: ReadonlyMap<string, string> = new Map([['/admin', 'admin']]);

/**
 * Pages for somebody who signed in not long ago, and how long ago that may be, in seconds. The page
 * asks `requireRecentSignIn` itself; an entry here spares it from being asked for in vain.
 */
const RECENT_PAGES: ReadonlyMap<string, number> = new Map([['/sensitive', 300]]);

/** Whether anybody may see this path. */
export function isPublicPage(path: string): boolean {
  return PUBLIC_PAGES.has(path);
}

/** Whether whoever watches the server asks here. */
export function isHealthCheck(path: string): boolean {
  return HEALTH_CHECKS.has(path);
}

/** Whether this page is a developer's own. Ask only in development: elsewhere it does not exist. */
export function isDeveloperPage(path: string): boolean {
  return DEVELOPER_PAGES.has(path);
}

/** Whether this is a file that anybody may have. */
export function isPublicFile(path: string): boolean {
  return PUBLIC_FILES.has(path);
}

/** Whether a route handler answers here by itself, in JSON and never with a redirect. */
export function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}

/** The group that this path asks for, if it asks for one. */
export function groupFor(path: string): string | undefined {
  for (const [page, group] of GROUP_PAGES) {
    if (path === page || path.startsWith(`${page}/`)) return group;
  }
  return undefined;
}

/** How old a sign-in may be for this path, in seconds, if that matters. */
export function maxAgeFor(path: string): number | undefined {
  return RECENT_PAGES.get(path.replace(/(?<=.)\/$/, ''));
}

/** The groups that pages ask for: the only ones that a 403 page may name. */
export function knownGroup(name: string | undefined): string | undefined {
  return [...GROUP_PAGES.values()].find((group) => group === name);
}
