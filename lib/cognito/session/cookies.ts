import type { CookieJar } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';

/** One cookie to set; an empty value with `maxAge` 0 deletes it. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly httpOnly: true;
  readonly secure: boolean;
  readonly sameSite: 'lax';
  readonly path: '/';
  /** In seconds; without it the cookie goes when the browser closes. */
  readonly maxAge?: number;
}

/** A request's cookies, and the ones to set on its answer. */
export interface Jar extends CookieJar {
  readonly names: () => string[];
  /** What was written, in order. Put each on the response that really goes out. */
  readonly written: readonly SetCookie[];
}

const HOST_PREFIX = '__Host-';
/** All cookies of the site, without prefix; an attempt's name goes on with its start and state. */
export type CookieName = 'session' | 'signin-' | 'seen' | 'signed-out' | 'theme';

/**
 * The name of a cookie: with `__Host-` on https, so that no other host of the domain can plant it
 * (RFC 6265bis, section 4.1.3.2).
 *
 * @param config says whether the site's public origin is https
 * @param name without prefix
 */
export function cookieName(config: CognitoConfig, name: CookieName): string {
  return config.secure ? `${HOST_PREFIX}${name}` : name;
}

/** The part of Next's request and route-handler cookies that a jar reads. */
interface CookieSource {
  get: (name: string) => { value: string } | undefined;
  getAll: () => { name: string }[];
}

/**
 * Opens a jar over a request's cookies. Writes are collected and not applied: the response that goes out is
 * often made later. All cookies are set with the same attributes.
 *
 * @param source `request.cookies`, or `await cookies()`
 * @param onWrite called for each write, for example to let the same request see it
 */
export function openJar(
  source: CookieSource,
  onWrite?: (name: string, value: string) => void,
): Jar {
  const written: SetCookie[] = [];
  return {
    read: (name) => source.get(name)?.value,
    names: () => source.getAll().map((cookie) => cookie.name),
    written,
    write: (name, value, { maxAge }) => {
      written.push({
        name,
        value,
        // Scripts never see a token, not even sealed.
        httpOnly: true,
        secure: name.startsWith(HOST_PREFIX),
        // Not `strict`: the way back from the hosted UI is cross-site and must bring the cookies.
        sameSite: 'lax',
        // `__Host-` requires it, and the middleware counts the attempts on every path.
        path: '/',
        ...(maxAge === undefined ? {} : { maxAge }),
      });
      onWrite?.(name, value);
    },
  };
}
