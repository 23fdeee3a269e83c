import type { NextRequest } from 'next/server';
import { type Theme, themeOf } from '../theme';
import { getSite } from './get-site';
import { openJar } from './session/cookies';

/** What every page of one request has in common, whatever it says. */
export interface PageContext {
  /** Of this answer's Content-Security-Policy; with another one a page is merely unstyled. */
  readonly nonce: string;
  /** Undefined for the colours of the system. */
  readonly theme: Theme | undefined;
  /** On an error page and in its line of the log; undefined only where no middleware made one. */
  readonly reference: string | undefined;
}

/**
 * The look of a request that has passed the middleware; for route handlers.
 *
 * @param request its headers and cookies
 */
export function pageContextOf({ headers, cookies }: NextRequest): PageContext {
  const site = getSite();
  return {
    nonce: headers.get('x-nonce') ?? '',
    theme: site.ok ? themeOf(site.client.config, openJar(cookies)) : undefined,
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
 * The reference that the middleware has given to a request. Past a middleware with a hole the header is
 * anybody's, and still no other text gets into the log.
 *
 * @param headers of the request
 */
export function referenceOf(headers: Pick<Headers, 'get'>): string | undefined {
  const value = headers.get('x-reference') ?? '';
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(value) ? value : undefined;
}
