'use server';

import { redirect } from 'next/navigation';
import { RECENT } from '@/lib/account/form';
import { confirmTotp, startTotp, type TwoFactorState, turnOffTotp } from '@/lib/account/two-factor';
import { signedInAction } from '@/lib/cognito';
import { setFlash } from '@/lib/flash';
import type { Flash } from '@/lib/flash-messages';

/**
 * Sets up an authenticator app in two steps. The form that confirms has the field `code`. The secret is only in the
 * responses, and in the form that confirms.
 */
export const setUp = signedInAction<TwoFactorState>(
  async (user, form, state) => {
    const code = form.get('code');
    const next =
      typeof code === 'string' ? await confirmTotp(user, code, state) : await startTotp(user);
    return next.done ? leave('twoFactorOn') : next;
  },
  { maxAge: RECENT },
);

/** Turns the authenticator app off. */
export const turnOff = signedInAction<TwoFactorState>(
  async (user) => {
    const next = await turnOffTotp(user);
    return next.done ? leave('twoFactorOff') : next;
  },
  { maxAge: RECENT },
);

async function leave(flash: Flash): Promise<never> {
  await setFlash('/account', flash);
  redirect('/account');
}
