/** What an authenticator app needs and shows. */
export interface TotpKey {
  /** The site's name. The app shows it, and tells accounts with the same label apart by it. */
  readonly issuer: string;
  /** The user's e-mail address or name. */
  readonly label: string;
  /** In base32, from `associateTotp`. */
  readonly secret: string;
}

/**
 * Builds the URI that authenticator apps read from a QR code or a link. It contains the secret.
 * Cognito's codes are RFC 6238 with SHA-1, six digits and steps of 30 seconds.
 * https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 *
 * @param key the issuer, label and secret
 * @returns `otpauth://totp/…`
 */
export function otpauthUri({ issuer, label, secret }: TotpKey): string {
  const by = encoded(issuer);
  const parameters = `secret=${secret}&issuer=${by}&algorithm=SHA1&digits=6&period=30`;
  return `otpauth://totp/${by}:${encoded(label)}?${parameters}`;
}

/** The first colon ends the issuer, encoded or not, so neither text may contain one. */
function encoded(text: string): string {
  // encodeURIComponent throws for half a surrogate pair; this replaces it.
  const wellFormed = new TextDecoder().decode(new TextEncoder().encode(text));
  return encodeURIComponent(wellFormed.replaceAll(':', ' ').trim());
}
