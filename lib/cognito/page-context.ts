import { THEME_COOKIE, type Theme, themeOf } from '../theme';
import { getSite } from './get-site';
import { referenceOf } from './logging';
import { cookieName } from './session/cookies';

/** What every page needs to know about the request that it responds to. */
export interface PageContext {
  /** The nonce of the response's Content-Security-Policy. With a wrong nonce a page is unstyled. */
  readonly nonce: string;
  /** Undefined to follow the system's color scheme. */
  readonly theme: Theme | undefined;
  /** Shown on an error page and in its log line; undefined only if the middleware didn't run. */
  readonly reference: string | undefined;
  /** For the client of a Server Action: it shows the text of an error, and no page. */
  readonly asText?: boolean;
  /** In the middleware: which error page `app/refused` renders instead of the requested page. */
  readonly refusal?: string;
}

/** A request's headers and cookies, from `NextRequest` or from `next/headers`. */
interface Source {
  readonly headers: Pick<Headers, 'get'>;
  readonly cookies: { get: (name: string) => { value: string } | undefined };
}

/**
 * The page context of a request that has passed the middleware. The middleware itself replaces the
 * nonce and the reference.
 *
 * @param source the request's headers and cookies
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
