import { THEME_COOKIE, type Theme, themeOf } from '../theme';
import { getSite } from './get-site';
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
 * The page context of a request that has passed the middleware.
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

/** Crockford's base 32, for what is read out on the phone: no I, L, O or U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Names one request to its visitor and in the log: 40 random bits as 8 characters. */
export function newReference(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}

/**
 * The reference that the middleware has given to a request. If a request ever gets past the middleware, the
 * header is the client's; even then no other text gets into the log.
 *
 * @param headers of the request
 */
export function referenceOf(headers: Pick<Headers, 'get'>): string | undefined {
  const value = headers.get('x-reference') ?? '';
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(value) ? value : undefined;
}
