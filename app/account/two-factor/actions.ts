'use server';

import { redirect } from 'next/navigation';
import { RECENT } from '@/lib/account/form';
import { textOf } from '@/lib/account/problem-texts';
import { type TotpKey, totpKey } from '@/lib/account/totp-key';
import { accountCaller, signedInAction } from '@/lib/cognito';
import { associateTotp, setTotp, verifyTotp } from '@/lib/cognito/account/totp';
import { setFlash } from '@/lib/flash';

/** What the page shows next; undefined before anything is sent. */
export type SetUpState = { readonly key?: TotpKey; readonly error?: string } | undefined;

const NOT_NOW = { error: 'The sign-in service is not responding. Nothing was changed. Try again.' };

/**
 * Sets up an authenticator app in two steps. The form that confirms has the field `code`; without it, the user pool
 * makes a new secret, which isn't stored: it is in this response, and in the form that confirms.
 */
export const setUpTotp = signedInAction<SetUpState>(
  async (user, form, state) => {
    const caller = await accountCaller();
    if (!caller) return NOT_NOW;
    const code = form.get('code');
    if (typeof code !== 'string') {
      const started = await associateTotp(caller);
      return started.ok ? { key: totpKey(user, started.data.secret) } : { error: textOf(started) };
    }
    const secret = secretOf(state);
    const key = secret ? { key: totpKey(user, secret) } : {};
    const verified = await verifyTotp(caller, code);
    if (!verified.ok) return { ...key, error: textOf(verified) };
    // With two factors and no preferred one, the hosted UI would ask which to use.
    const on = await setTotp(caller, 'preferred');
    if (!on.ok) return { ...key, error: textOf(on) };
    await setFlash('/account', 'twoFactorOn');
    redirect('/account');
  },
  { maxAge: RECENT },
);

/** Turns the authenticator app off. Cognito asks for no proof, so the sign-in must be recent. */
export const turnOffTotp = signedInAction<SetUpState>(
  async () => {
    const caller = await accountCaller();
    if (!caller) return NOT_NOW;
    const off = await setTotp(caller, 'off');
    if (!off.ok) return { error: textOf(off) };
    await setFlash('/account', 'twoFactorOff');
    redirect('/account');
  },
  { maxAge: RECENT },
);

/** The secret that the browser sends back with the form. Only its owner ever sees it. */
function secretOf(state: unknown): string | undefined {
  const key: unknown =
    typeof state === 'object' && state !== null ? Reflect.get(state, 'key') : null;
  const secret: unknown =
    typeof key === 'object' && key !== null ? Reflect.get(key, 'secret') : null;
  return typeof secret === 'string' && /^[A-Za-z0-9]{16,128}$/.test(secret) ? secret : undefined;
}
