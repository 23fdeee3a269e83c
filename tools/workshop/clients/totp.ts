import { fromBase32, totpOf } from '@/lib/local-pool/tests/totp-code';

/**
 * The code that an authenticator app shows now, computed without the pool's library.
 *
 * @param secret as the API returns it, in base32
 */
export function appCode(secret: string): string {
  return totpOf(fromBase32(secret), Date.now() / 1000);
}

/**
 * Six digits that differ from a code.
 *
 * @param code the right code
 */
export function otherCode(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
