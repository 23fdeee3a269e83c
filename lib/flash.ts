import { cookies } from 'next/headers';
import { getSite } from '@/lib/cognito';
import { redirectTo } from '@/lib/cognito/responses';
import { cookieName } from '@/lib/cognito/session/cookies';
import { safeReturnTo } from '@/lib/cognito/session/return-to';
import { FLASHES, type Flash } from './flash-messages';

/** How long the redirect may take, in seconds. A sign-out goes through the hosted UI. */
const LIFETIME = 30;

/**
 * Redirects to a page that shows a message, for route handlers. After a form, use this instead of an answer of
 * your own: a reload then doesn't send the form again.
 *
 * @param path of the page, on this site; anything else leads to the front page
 * @param flash the name of the message
 * @returns a 303
 */
export function redirectWithFlash(path: string, flash: Flash): Response {
  const site = getSite();
  const origin = site.ok ? site.config.origin : '';
  const safe = safeReturnTo(path, origin);
  return withFlash(redirectTo(`${origin}${safe}`, 303), safe, flash);
}

/**
 * Sets the message for the next page, for Server Actions. Then call Next's `redirect`.
 *
 * @param path of the page that shows it
 * @param flash the name of the message
 */
export async function setFlash(path: string, flash: Flash): Promise<void> {
  const { name, secure } = cookie();
  const attributes = { maxAge: LIFETIME, path: '/', sameSite: 'lax', secure } as const;
  (await cookies()).set(name, cookieValue(path, flash), attributes);
}

/**
 * Adds the message for the next page to a redirect.
 *
 * @param response a redirect
 * @param path of the page that shows it
 * @param flash the name of the message
 * @returns the same response
 */
export function withFlash<R extends Response>(response: R, path: string, flash: Flash): R {
  const { name, secure } = cookie();
  const value = encodeURIComponent(cookieValue(path, flash));
  const attributes = `Path=/; Max-Age=${LIFETIME}; SameSite=Lax${secure ? '; Secure' : ''}`;
  response.headers.append('Set-Cookie', `${name}=${value}; ${attributes}`);
  return response;
}

/**
 * The message for a page, if the request brings one for it.
 *
 * @param path of the page, without its query
 * @returns its text, and the name of its cookie
 */
export async function readFlash(
  path: string,
): Promise<{ text: string; cookie: string } | undefined> {
  const { name } = cookie();
  const [flash = '', page] = (await cookies()).get(name)?.value.split(' ') ?? [];
  const text = page === path ? textOf(flash) : undefined;
  return text === undefined ? undefined : { text, cookie: name };
}

function textOf(name: string): string | undefined {
  return Object.entries(FLASHES).find(([each]) => each === name)?.[1];
}

/** Another tab that loads another page meanwhile must not show it. */
function cookieValue(path: string, flash: Flash): string {
  return `${flash} ${path.replace(/[?#].*$/s, '')}`;
}

/**
 * The cookie with the message. It isn't `HttpOnly`, because the page that has shown the message deletes it
 * with a script. Without scripts, a reload shows the message again until the cookie expires.
 */
function cookie(): { name: string; secure: boolean } {
  const site = getSite();
  if (!site.ok) return { name: 'flash', secure: false };
  return { name: cookieName(site.config, 'flash'), secure: site.config.secure };
}
