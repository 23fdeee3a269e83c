import type { User } from '@/lib/cognito';
import { qrCode, qrPath } from '@/lib/cognito/account/qr-code';
import { otpauthUri } from '@/lib/cognito/account/totp';
import { NAME } from '@/lib/site';

/** A new secret for an authenticator app, as a page shows it: once, and only to its user. */
export interface TotpKey {
  readonly secret: string;
  /** For a link on a phone: `otpauth://…`. */
  readonly uri: string;
  /** The QR code of the link, for `<path d>`; undefined if it would be too large. */
  readonly picture: { readonly path: string; readonly side: number } | undefined;
}

/**
 * Describes a secret for the user's app.
 *
 * @param user the signed-in user, whose name the app shows
 * @param secret in base32, from `associateTotp`
 */
export function totpKey(user: User, secret: string): TotpKey {
  const uri = otpauthUri({ issuer: NAME, label: user.email ?? user.username, secret });
  const matrix = qrCode(uri);
  return { secret, uri, picture: matrix && qrPath(matrix) };
}
