/**
 * Who may see what, before any page is asked: `lib/access.ts` fills it in. Everything is private until it is
 * listed, and an entry matches exactly: no prefix, no pattern, no case folding.
 */
export interface AccessList {
  /** Pages and routes for everybody, signed in or not. */
  readonly publicPages: readonly string[];
  /** Files of `public/` or made by Next. They need no session, so none is read for them. */
  readonly publicFiles: readonly string[];
  /** Pages for members of a group, with everything below them. */
  readonly groupPages: Readonly<Record<string, string>>;
  /** Pages that need a recent sign-in, and how long ago it may be, in seconds. */
  readonly recentSignInPages: Readonly<Record<string, number>>;
}

/** The sign-in itself. */
const SIGN_IN_PAGES = ['/login', '/login/', '/logout', '/logout/'];
/** For machines that watch the server: answered whatever the settings, and no cookie is read. */
const HEALTH_CHECKS = ['/healthz', '/healthz/ready'];
/** Only `next dev` has these (`page.dev.tsx`); a developer needs them while nobody can sign in. */
const DEVELOPER_PAGES = ['/doctor'];

/** Whether anybody may see this path. */
export function isPublicPage(access: AccessList, path: string): boolean {
  return SIGN_IN_PAGES.includes(path) || access.publicPages.includes(path);
}

/** Whether this is a file that anybody may have. */
export function isPublicFile(access: AccessList, path: string): boolean {
  return access.publicFiles.includes(path);
}

/** Whether this is a health check. */
export function isHealthCheck(path: string): boolean {
  return HEALTH_CHECKS.includes(path);
}

/** Whether this is a developer's own page. Ask in development only: elsewhere it does not exist. */
export function isDeveloperPage(path: string): boolean {
  return DEVELOPER_PAGES.includes(path);
}

/** The group that this path requires, if it requires one. */
export function groupFor(access: AccessList, path: string): string | undefined {
  for (const [page, group] of Object.entries(access.groupPages)) {
    if (path === page || path.startsWith(`${page}/`)) return group;
  }
  return undefined;
}

/** How long ago the sign-in may be for this path, in seconds, if that matters. */
export function maxAgeFor(access: AccessList, path: string): number | undefined {
  const page = path.replace(/(?<=.)\/$/, '');
  return Object.hasOwn(access.recentSignInPages, page) ? access.recentSignInPages[page] : undefined;
}
