import type { CookieJar } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';

/** A cookie to set. An empty value with `maxAge` 0 deletes it. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly httpOnly: true;
  readonly secure: boolean;
  readonly sameSite: 'lax';
  readonly path: '/';
  /** In seconds. Without it, the cookie is deleted when the browser closes. */
  readonly maxAge?: number;
}

/** A request's cookies, and the cookies to set on its response. */
export interface Jar extends CookieJar {
  readonly names: () => string[];
  /** All cookies that were written, in order. Set each of them on the response that is sent. */
  readonly written: readonly SetCookie[];
}

const HOST_PREFIX = '__Host-';
/** All cookie names, without prefix. An attempt's name continues with its start and its state. */
export type CookieName = 'session' | 'signin' | 'seen' | 'signed-out' | 'theme' | 'flash';

/**
 * Returns the full name of a cookie. On https it has the prefix `__Host-`, so that no other host of
 * the domain can set the cookie (RFC 6265bis, section 4.1.3.2). On http, it ends with the port,
 * because browsers send the cookies of one port to all (section 8.5): two sites in development would
 * sign each other's users out.
 *
 * @param config the site's public origin, and whether it is https
 * @param name the name without prefix
 */
export function cookieName({ secure, origin }: CognitoConfig, name: CookieName): string {
  if (secure) return `${HOST_PREFIX}${name}`;
  const { port } = new URL(origin);
  return port ? `${name}-${port}` : name;
}

/** The part of Next's request and route-handler cookies that a jar reads. */
interface CookieSource {
  get: (name: string) => { value: string } | undefined;
  getAll: () => { name: string }[];
}

/**
 * Creates a jar from a request's cookies. It only collects writes, because the response is often
 * created later. All cookies are set with the same attributes.
 *
 * @param source `request.cookies`, or `await cookies()`
 * @param onWrite called for each write, for example to make it visible to the same request
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
        // Scripts must never see a token, not even a sealed one.
        httpOnly: true,
        secure: name.startsWith(HOST_PREFIX),
        // Not `strict`: the redirect from the hosted UI is cross-site and must include the cookies.
        sameSite: 'lax',
        // `__Host-` requires it, and the middleware needs the attempts on every path.
        path: '/',
        ...(maxAge === undefined ? {} : { maxAge }),
      });
      onWrite?.(name, value);
    },
  };
}
