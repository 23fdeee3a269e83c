/**
 * The template's own routes. This is the only place that names them; a route that is added to the
 * template goes into `HANDLERS`, or another middleware behind the guard would redirect it.
 */
export const LOGIN = '/login';
export const LOGOUT = '/logout';
export const REFRESH = '/refresh';
const THEME = '/theme';
/** The 403 page that the middleware shows in place of a page for a group. */
export const FORBIDDEN = '/forbidden';
/** The set-up page, which the middleware shows in place of every page of a misconfigured site. */
export const NOT_CONFIGURED = '/not-configured';
/** The error pages, which the middleware shows in place of others. */
export const REFUSED = '/refused';
/** For monitoring: they respond even if the site isn't configured, and no cookie is read. */
export const HEALTH_CHECKS = ['/healthz', '/healthz/ready'];
/** Only `next dev` has these (`page.dev.tsx`). Developers need them before sign-in works. */
export const DEVELOPER_PAGES = ['/doctor'];
/** Where browsers report to `next dev` what the Content-Security-Policy has blocked. */
export const POLICY_REPORTS = '/__policy-reports';

/** Routes that aren't pages: they start something, or respond to programs. */
export const HANDLERS = [LOGIN, LOGOUT, REFRESH, NOT_CONFIGURED, REFUSED, THEME, ...HEALTH_CHECKS];

/**
 * Whether a path is one of these routes, with or without a trailing slash.
 *
 * @param path of a request
 * @param routes without a trailing slash
 */
export function isRoute(path: string, ...routes: readonly string[]): boolean {
  return routes.includes(withoutSlash(path));
}

/** A path without its trailing slash, if it has one: the same page. */
export function withoutSlash(path: string): string {
  return path.replace(/(?<=.)\/$/, '');
}
