import { randomBytes } from 'node:crypto';
import { domainCookie, readCookie } from '../cookies';
import { onDomain } from '../http';
import type { PoolState } from '../state';
import type { RoundTrip } from './federation-state';
import type { IdentityProvider } from './identity-provider';
import { idpPagePath } from './provider-answer';

/** Five minutes, as for the whole sign-in (facts, section 3). What happens later is unconfirmed. */
const TRIP_SECONDS = 300;

/**
 * Sends a browser to the provider's page. `login_hint` is passed to OpenID Connect and Google only,
 * `prompt` to all but SAML, which has no such parameter (facts, section 2).
 *
 * @param pool the pool
 * @param provider the provider
 * @param query the query of the authorization request
 * @returns the page's URL, and the cookies that bind the round trip to this browser
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
 * Ends a round trip. It must be the first return, in time, and in the browser that started it. A
 * return in another browser fails without ending the round trip.
 *
 * @param pool the pool
 * @param browser the request that came back
 * @param state the state that the provider sent back
 * @returns the round trip, or null for Cognito's `Invalid state`
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
 * Both cookies, emptied. Every authorize request without an external provider sets them (facts,
 * section 4).
 *
 * @param pool the pool
 */
export function noRoundTrip(pool: PoolState): readonly string[] {
  return tripCookies(pool, '""', '; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
}

/**
 * `csrf-state` is SameSite=None for SAML's POST from another site. `csrf-state-legacy` has no
 * SameSite, for browsers that don't support None. Over http, browsers reject None, but don't need
 * it either: the simulated provider is on the same site.
 */
function tripCookies(pool: PoolState, value: string, life: string): readonly string[] {
  const legacy = domainCookie(pool, 'csrf-state-legacy', value, life).replace('; SameSite=Lax', '');
  const cookie = domainCookie(pool, 'csrf-state', value, life);
  const https = pool.settings.domain.startsWith('https:');
  return [https ? cookie.replace('SameSite=Lax', 'SameSite=None') : cookie, legacy];
}
