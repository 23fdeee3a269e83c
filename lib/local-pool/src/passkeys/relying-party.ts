import { createHash } from 'node:crypto';
import type { PoolState } from '../state';

/**
 * The relying party ID: the host name of the pool's domain, which is Cognito's default too. An IP
 * address can't be one (Web Authentication Level 3, section 5.1.3), so on loopback it is
 * `localhost`.
 *
 * @param pool the pool
 */
export function relyingPartyId({ settings }: PoolState): string {
  const { hostname } = new URL(settings.domain);
  return /^[\d.]+$|^\[/.test(hostname) ? 'localhost' : hostname;
}

/**
 * The origin of the pages that use a passkey: the pool's domain, but with the relying party ID as
 * its host. Elsewhere, the browser would refuse.
 *
 * @param pool the pool
 */
export function passkeyOrigin(pool: PoolState): string {
  const url = new URL(pool.settings.domain);
  url.hostname = relyingPartyId(pool);
  return url.origin;
}

/**
 * Whether a page of this origin may use the pool's passkeys: it is the relying party, or below it.
 *
 * @param pool the pool
 * @param origin as the browser wrote it, e.g. `http://localhost:3000`
 */
export function isOriginAllowed(pool: PoolState, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { hostname, protocol } = new URL(origin);
  const rpId = relyingPartyId(pool);
  if (protocol !== 'https:' && rpId !== 'localhost') return false;
  return hostname === rpId || hostname.endsWith(`.${rpId}`);
}

/**
 * Whether an authenticator used the pool's relying party ID.
 *
 * @param pool the pool
 * @param hash from the authenticator data
 */
export function isRelyingParty(pool: PoolState, hash: Buffer): boolean {
  return createHash('sha256').update(relyingPartyId(pool)).digest().equals(hash);
}

/**
 * Whether the pages offer passkeys.
 *
 * @param pool the pool
 */
export function takesPasskeys({ settings }: PoolState): boolean {
  return settings.passkeys && settings.hostedUi === 'managed';
}
