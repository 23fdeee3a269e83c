import { THEME_COOKIE, type Theme, themeOf } from '../theme';
import { getSite } from './get-site';
import { referenceOf } from './logging';
import { cookieName } from './session/cookies';

/** What every page of one request needs, whatever it says. */
export interface PageContext {
  /** Of this answer's Content-Security-Policy; a page with another one is merely unstyled. */
  readonly nonce: string;
  /** Undefined for the system's colours. */
  readonly theme: Theme | undefined;
  /** On an error page and in its log line; undefined only where no middleware made one. */
  readonly reference: string | undefined;
}

/** A request's headers and cookies: `NextRequest` has them, and so has `next/headers`. */
interface Source {
  readonly headers: Pick<Headers, 'get'>;
  readonly cookies: { get: (name: string) => { value: string } | undefined };
}

/**
 * The page context of a request that has passed the middleware; the middleware itself replaces nonce and reference.
 *
 * @param source its headers and cookies
 */
export function pageContextOf({ headers, cookies }: Source): PageContext {
  const site = getSite();
  const theme = site.ok ? cookies.get(cookieName(site.config, THEME_COOKIE)) : undefined;
  return {
    nonce: headers.get('x-nonce') ?? '',
    theme: themeOf(theme?.value),
    reference: referenceOf(headers),
  };
}
