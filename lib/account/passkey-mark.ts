import type { NextRequest } from 'next/server';
import { getSite } from '@/lib/cognito';

/** How long adding a passkey on the hosted UI may take, in seconds. */
const LIFETIME = 900;
/** The browser sends it only to the callback URL. */
const [NAME, PATH] = ['passkey', '/login'];

/** What this browser was about to do when it went to the hosted UI. It isn't secret and grants nothing. */
export interface PasskeyMark {
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
export function readPasskeyMark({ cookies }: NextRequest): PasskeyMark | undefined {
  const value = cookies.get(NAME)?.value ?? '';
  const [, owner, before, again] = /^([0-9a-f]{16})\.(\d{0,2})\.(again)?$/.exec(value) ?? [];
  if (owner === undefined || before === undefined) return undefined;
  return { owner, before: before === '' ? undefined : Number(before), again: again !== undefined };
}
