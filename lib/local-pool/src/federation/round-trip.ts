import { randomBytes } from 'node:crypto';
import { domainCookie, readCookie } from '../cookies';
import { onDomain } from '../http';
import type { PoolState } from '../state';
import type { RoundTrip } from './federation-state';
import type { IdentityProvider } from './identity-provider';
import { idpPagePath } from './provider-answer';

/** Five minutes, as for the whole sign-in (facts, section 3). What a late return sees is unconfirmed. */
const TRIP_SECONDS = 300;

/**
 * Sends a browser to the provider's page. `login_hint` goes to OpenID Connect and Google, not to
 * SAML and the others; `prompt` goes to all but SAML, which has no such word (facts, section 2).
 *
 * @param pool the pool
 * @param provider where to
 * @param query the authorization request
 * @returns the page's address, and the cookies that bind the trip to this browser
 */
export function beginRoundTrip(
  pool: PoolState,
  provider: IdentityProvider,
  query: URLSearchParams,
): { location: string; cookies: readonly string[] } {
  const state = randomBytes(32).toString('base64url');
  const csrf = randomBytes(24).toString('base64url');
  const expiresAt = pool.now() + TRIP_SECONDS;
  const redirectUri = query.get('redirect_uri') ?? '';
  pool.federation.trips.set(state, { provider, query, redirectUri, csrf, expiresAt });

  const sent = new URLSearchParams({ [provider.type === 'SAML' ? 'RelayState' : 'state']: state });
  const passedOn = [
    ...(provider.type === 'SAML' ? [] : ['prompt']),
    ...(provider.type === 'Google' || provider.type === 'OIDC' ? ['login_hint'] : []),
  ];
  for (const name of passedOn) {
    const value = query.get(name);
    if (value !== null) sent.set(name, value);
  }
  const location = onDomain(pool, idpPagePath(provider), sent);
  return { location, cookies: tripCookies(pool, csrf, '') };
}

/**
 * Takes a round trip back: once, in time, and in the browser that began it. A foreign browser does
 * not end the trip for its owner.
 *
 * @param pool the pool
 * @param browser the request that came back
 * @param state what the provider sent along
 * @returns the trip, or null for Cognito's `Invalid state`
 */
export function endRoundTrip(pool: PoolState, browser: Request, state: string): RoundTrip | null {
  const { trips } = pool.federation;
  const trip = trips.get(state);
  if (!trip) return null;
  const names = ['csrf-state', 'csrf-state-legacy'];
  if (!names.some((name) => readCookie(browser, name) === trip.csrf)) return null;
  trips.delete(state);
  return pool.now() < trip.expiresAt ? trip : null;
}

/**
 * Both cookies empty, as every authorize without an external provider sets them (facts, section 4).
 *
 * @param pool the pool
 */
export function noRoundTrip(pool: PoolState): readonly string[] {
  return tripCookies(pool, '""', '; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
}

/**
 * `csrf-state` is SameSite=None for SAML's POST from another site; `-legacy`, without SameSite, is
 * for browsers that don't know None. Without https None is refused, and the pretended provider is
 * the same site anyway.
 */
function tripCookies(pool: PoolState, value: string, life: string): readonly string[] {
  const legacy = domainCookie(pool, 'csrf-state-legacy', value, life).replace('; SameSite=Lax', '');
  const cookie = domainCookie(pool, 'csrf-state', value, life);
  const https = pool.settings.domain.startsWith('https:');
  return [https ? cookie.replace('SameSite=Lax', 'SameSite=None') : cookie, legacy];
}
