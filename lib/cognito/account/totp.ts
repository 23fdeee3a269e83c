import { type Caller, call, nothing } from './call';
import type { AccountFailure, AccountResult } from './operation';
import { textOf } from './response';

/** A second factor is on and asked for first, is on, or is off. */
export type FactorChoice = 'preferred' | 'on' | 'off';

/**
 * Gets a new secret for an authenticator app. Call it only when the user clicked: it may replace the
 * secret of an app that is in use. Show the secret once, and store it nowhere.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssociateSoftwareToken.html
 *
 * @param caller the user
 * @returns the secret in base32, for `otpauthUri`
 */
export function associateTotp(caller: Caller): Promise<AccountResult<{ secret: string }>> {
  return call(caller, 'AssociateSoftwareToken', {}, (body) => {
    const secret = textOf(body, 'SecretCode');
    return secret === undefined || !/^[A-Za-z0-9]+$/.test(secret) ? undefined : { secret };
  });
}

/**
 * Verifies the app that has the new secret. That alone turns nothing on: call `setTotp` next.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html
 *
 * @param caller the user
 * @param code as the user entered it; spaces don't count
 */
export async function verifyTotp(caller: Caller, code: string): Promise<AccountResult<null>> {
  const UserCode = code.replace(/\s/g, '');
  // Cognito would refuse it as an invalid parameter, and repeat it in the message.
  if (!/^[0-9]{6}$/.test(UserCode)) return wrongTotp('not a code');
  const result = await call(caller, 'VerifySoftwareToken', { UserCode }, (body) =>
    textOf(body, 'Status'),
  );
  if (!result.ok) return result;
  // `ERROR` comes with status 200.
  return result.data === 'SUCCESS' ? { ok: true, data: null } : wrongTotp('status is not SUCCESS');
}

/**
 * Turns the verified app on or off. Cognito asks for no proof to turn it off, so the page must.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html
 *
 * @param caller the user, who signed in a short time ago
 * @param choice make it `preferred`: with two factors and no preference, the hosted UI asks which
 */
export function setTotp(caller: Caller, choice: FactorChoice): Promise<AccountResult<null>> {
  // Other factors stay as they are if they aren't mentioned.
  const SoftwareTokenMfaSettings = {
    Enabled: choice !== 'off',
    PreferredMfa: choice === 'preferred',
  };
  return call(caller, 'SetUserMFAPreference', { SoftwareTokenMfaSettings }, nothing);
}

function wrongTotp(detail: string): AccountFailure {
  return { ok: false, problem: 'totp_code_wrong', detail };
}

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
