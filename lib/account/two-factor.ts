import { accountCaller, type User } from '@/lib/cognito';
import { qrCode, qrPath } from '@/lib/cognito/account/qr-code';
import { associateTotp, otpauthUri, setTotp, verifyTotp } from '@/lib/cognito/account/totp';
import { NAME } from '@/lib/site';
import { changed, report } from './form';

/** What the page shows next; `done` if there is nothing left to do. */
export type TwoFactorState =
  | { readonly done?: false; readonly key?: TotpKey; readonly error?: string }
  | { readonly done: true };

const NOT_NOW = { error: 'The sign-in service is not responding. Nothing was changed. Try again.' };

/**
 * Starts to set up an authenticator app: the user pool makes a secret, which is stored nowhere.
 *
 * @param user the signed-in user
 */
export async function startTotp(user: User): Promise<TwoFactorState> {
  const caller = await accountCaller();
  if (!caller) return NOT_NOW;
  const started = await associateTotp(caller);
  return started.ok
    ? { key: totpKey(user, started.data.secret) }
    : { error: report(user, 'two-factor', started) };
}

/**
 * Turns the app on, if it shows the right code.
 *
 * @param user the signed-in user
 * @param code that the user typed
 * @param before the state that the browser sent back, to show the same secret again; untrusted
 */
export async function confirmTotp(
  user: User,
  code: string,
  before: unknown,
): Promise<TwoFactorState> {
  const secret = secretOf(before);
  const key = secret ? { key: totpKey(user, secret) } : {};
  const caller = await accountCaller();
  if (!caller) return { ...key, ...NOT_NOW };
  const verified = await verifyTotp(caller, code);
  if (!verified.ok) return { ...key, error: report(user, 'two-factor', verified) };
  // With two factors and no preferred one, the hosted UI would ask which to use.
  const on = await setTotp(caller, 'preferred');
  if (!on.ok) return { ...key, error: report(user, 'two-factor', on) };
  await changed(user, 'two-factor-on');
  return { done: true };
}

/**
 * Turns the app off. Cognito asks for no proof, so the sign-in must be recent.
 *
 * @param user the signed-in user
 */
export async function turnOffTotp(user: User): Promise<TwoFactorState> {
  const caller = await accountCaller();
  if (!caller) return NOT_NOW;
  const off = await setTotp(caller, 'off');
  if (!off.ok) return { error: report(user, 'two-factor', off) };
  await changed(user, 'two-factor-off');
  return { done: true };
}

/** Only its owner ever sees the secret, so the browser may send it back. */
function secretOf(state: unknown): string | undefined {
  const key = memberOf(state, 'key');
  const secret = memberOf(key, 'secret');
  return typeof secret === 'string' && /^[A-Za-z0-9]{16,128}$/.test(secret) ? secret : undefined;
}

function memberOf(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}

/** A new secret for an authenticator app, as a page shows it: once, and only to its user. */
interface TotpKey {
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
function totpKey(user: User, secret: string): TotpKey {
  const uri = otpauthUri({ issuer: NAME, label: user.email ?? user.username, secret });
  const matrix = qrCode(uri);
  return { secret, uri, picture: matrix && qrPath(matrix) };
}
