import { Secret, TOTP } from 'otpauth';

/** Cognito's software tokens: SHA-1, six digits, 30 seconds (RFC 6238 with its defaults). */
const PERIOD = 30;

/** A new secret of 160 bits, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/**
 * What the QR code holds.
 *
 * @param secret base32
 * @param username shown by the app beside the code
 */
export function totpUri(secret: string, username: string): string {
  return totp(secret, username).toString();
}

/**
 * The time step whose code this is: the present one, or one before or after it.
 *
 * @param secret base32
 * @param code as typed
 * @param now epoch seconds
 * @returns the step's number, or null for a code of none
 */
export function totpStep(secret: string, code: string, now: number): number | null {
  const token = code.replaceAll(' ', '');
  const delta = totp(secret).validate({ token, timestamp: now * 1000, window: 1 });
  return delta === null ? null : Math.floor(now / PERIOD) + delta;
}

/**
 * The code of this moment, as an authenticator app shows it.
 *
 * @param secret base32
 * @param now epoch seconds
 */
export function totpCode(secret: string, now: number): string {
  return totp(secret).generate({ timestamp: now * 1000 });
}

function totp(secret: string, label = 'user'): TOTP {
  return new TOTP({
    issuer: 'Local user pool',
    label,
    secret: Secret.fromBase32(secret),
    period: PERIOD,
  });
}
