import type { NextRequest } from 'next/server';
import { openAccount } from '@/lib/cognito';
import type { Site } from '@/lib/cognito/get-site';
import { redirectTo } from '@/lib/cognito/responses';
import { redirectWithFlash } from '@/lib/flash';
import type { Flash } from '@/lib/flash-messages';
import { ownerTag } from '@/lib/kept-form';
import { changed } from './events';
import { RECENT } from './form';
import { type PasskeyMark, readPasskeyMark, withPasskeyMark } from './passkey-mark';
import { countPasskeys } from './passkeys';

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
