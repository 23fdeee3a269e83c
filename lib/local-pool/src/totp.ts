import { Secret, TOTP } from 'otpauth';

/** Cognito's software tokens use SHA-1, six digits and 30 seconds (the defaults of RFC 6238). */
const PERIOD = 30;

/** Generates a secret of 160 bits, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/**
 * The content of the QR code.
 *
 * @param secret base32
 * @param username the app shows it next to the code
 */
export function totpUri(secret: string, username: string): string {
  return totp(secret, username).toString();
}

/**
 * The time step that a code belongs to: the current one, or the one before or after it.
 *
 * @param secret base32
 * @param code as typed
 * @param now epoch seconds
 * @returns the number of the step, or null if the code is wrong
 */
export function totpStep(secret: string, code: string, now: number): number | null {
  const token = code.replaceAll(' ', '');
  const delta = totp(secret).validate({ token, timestamp: now * 1000, window: 1 });
  return delta === null ? null : Math.floor(now / PERIOD) + delta;
}

/**
 * The current code, as an authenticator app shows it.
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
