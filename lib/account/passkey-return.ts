import type { NextRequest } from 'next/server';
import { getSite, openAccount } from '@/lib/cognito';
import type { Site } from '@/lib/cognito/get-site';
import { redirectTo } from '@/lib/cognito/responses';
import { redirectWithFlash } from '@/lib/flash';
import type { Flash } from '@/lib/flash-messages';
import { ownerTag } from '@/lib/kept-form';
import { changed, RECENT } from './form';
import { countPasskeys } from './read';

const PAGE = '/account/passkeys';

/**
 * Handles the hosted UI's redirect back from its page that adds a passkey: to the callback URL, with `result` and
 * without a code. Anyone can make such a link, so it changes nothing: the message says what the user pool lists, and
 * a browser that wasn't there just goes to the front page.
 *
 * @param request to `/login`
 * @param site the configured site
 */
export async function passkeyReturn(request: NextRequest, { config }: Site): Promise<Response> {
  const mark = readPasskeyMark(request);
  if (!mark) return redirectTo(`${config.origin}/`, 303);
  const result = request.nextUrl.searchParams.get('result');
  // The hosted UI's own session has ended, which happens an hour after the sign-in.
  if (result === 'invalid_session' && !mark.again) {
    const query = { returnTo: `${PAGE}/add?again`, max_age: String(RECENT) };
    const signIn = redirectTo(`${config.origin}/login?${new URLSearchParams(query)}`, 303);
    return withPasskeyMark(signIn, null);
  }
  const flash = await newsOf(request, mark);
  const back = flash ? redirectWithFlash(PAGE, flash) : redirectTo(`${config.origin}${PAGE}`, 303);
  return withPasskeyMark(back, null);
}

/** Undefined if it is unknown: then the page's list has to do. */
async function newsOf(
  request: NextRequest,
  { owner, before }: PasskeyMark,
): Promise<Flash | undefined> {
  const account = await openAccount(request, Number.POSITIVE_INFINITY);
  if (!account.ok || ownerTag(account.user.sub) !== owner || before === undefined) return undefined;
  const now = await countPasskeys(account);
  if (now === undefined) return undefined;
  if (now <= before) return 'cancelled';
  await changed(account.user, 'passkey-added');
  return 'passkeyAdded';
}

/** How long adding a passkey on the hosted UI may take, in seconds. */
const LIFETIME = 900;
/** The browser sends it only to the callback URL. */
const [NAME, PATH] = ['passkey', '/login'];

/** What this browser was about to do when it went to the hosted UI. It isn't secret and grants nothing. */
interface PasskeyMark {
  /** Whose passkey it is: `ownerTag`. */
  readonly owner: string;
  /** How many passkeys the user had; undefined if that was unknown. */
  readonly before: number | undefined;
  /** Whether the user has just signed in again for it, so that a second time would be a loop. */
  readonly again: boolean;
}

/**
 * Marks this browser before it goes to the hosted UI to add a passkey: that page returns without `state`.
 *
 * @param response a redirect
 * @param mark null to delete it
 * @returns the same response with the cookie
 */
export function withPasskeyMark(response: Response, mark: PasskeyMark | null): Response {
  const site = getSite();
  const value = mark ? `${mark.owner}.${mark.before ?? ''}.${mark.again ? 'again' : ''}` : '';
  const secure = site.ok && site.config.secure ? '; Secure' : '';
  const attributes = `Path=${PATH}; Max-Age=${mark ? LIFETIME : 0}; HttpOnly; SameSite=Lax${secure}`;
  response.headers.append('Set-Cookie', `${NAME}=${value}; ${attributes}`);
  return response;
}

/**
 * The mark of this browser.
 *
 * @param request to the callback URL
 * @returns undefined if it didn't go to the hosted UI for a passkey a short time ago
 */
function readPasskeyMark({ cookies }: NextRequest): PasskeyMark | undefined {
  const value = cookies.get(NAME)?.value ?? '';
  const [, owner, before, again] = /^([0-9a-f]{16})\.(\d{0,2})\.(again)?$/.exec(value) ?? [];
  if (owner === undefined || before === undefined) return undefined;
  return { owner, before: before === '' ? undefined : Number(before), again: again !== undefined };
}
