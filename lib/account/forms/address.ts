import type { OpenAccount } from '@/lib/cognito';
import {
  type CodeAttribute,
  getUser,
  sendCode,
  updateAttributes,
  verifyAttribute,
} from '@/lib/cognito/account/user';
import { type AccountForm, changed, failed, type Outcome, RECENT } from '../form';

/** An address that the user confirms with a code. */
export interface Address {
  readonly attribute: CodeAttribute;
  readonly path: string;
  readonly problem: (value: string) => string | undefined;
}

export const EMAIL: Address = {
  attribute: 'email',
  path: '/account/email',
  problem: (value) =>
    value.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
      ? undefined
      : 'Enter an email address, such as alice@example.com.',
};

export const PHONE: Address = {
  attribute: 'phone_number',
  path: '/account/phone',
  problem: (value) =>
    /^\+[1-9]\d{6,14}$/.test(value)
      ? undefined
      : 'Enter the number with + and the country code, such as +12065550100.',
};

/**
 * Changes an email address or a phone number: first the new one, then the code that was sent to it. The field `step`
 * says which. The new address is kept, encrypted, until it is confirmed: no operation of Cognito returns it.
 *
 * @param address which one
 */
export function addressForm({ attribute, path, problem }: Address): AccountForm {
  return {
    path,
    maxAge: RECENT,
    keep: ['new', 'pending'],
    async run(account, form) {
      const step = form.get('step');
      if (step === 'cancel') return { state: 'done', flash: 'cancelled', to: '/account' };
      if (step === 'confirm') return confirm(account, attribute, form.get('code') ?? '');
      const typed = form.get(step === 'resend' ? 'pending' : 'new') ?? '';
      const value = attribute === 'email' ? typed.trim() : typed.replace(/[\s().-]/g, '');
      const wrong = problem(value);
      if (wrong) return { state: 'invalid', errors: { new: wrong } };
      return change(account, attribute, value);
    },
  };
}

async function change(
  account: OpenAccount,
  attribute: CodeAttribute,
  value: string,
): Promise<Outcome> {
  const { caller } = account;
  const what = changeOf(attribute);
  const known = await getUser(caller);
  if (!known.ok) return failed(account, what, known);
  const { attributes } = known.data;
  const isVerified = attributes.get(`${attribute}_verified`) === 'true';
  if (attributes.get(attribute) === value && isVerified) {
    return { state: 'invalid', errors: { new: 'You already use this one.' } };
  }
  // Repeated for a new code: only an update says to which address the code goes.
  const updated = await updateAttributes(caller, new Map([[attribute, value]]));
  if (!updated.ok) return failed(account, what, updated, { invalid_value: 'new', taken: 'new' });
  const now = await getUser(caller);
  const isChanged = now.ok && now.data.attributes.get(attribute) === value;
  // A user pool that doesn't wait for the code: the old address must hear of it now.
  if (isChanged && attributes.get(attribute) !== value) await changed(account.user, what);
  // A user pool that doesn't verify this attribute by itself sends nothing.
  if (updated.data.length === 0) {
    const sent = await sendCode(caller, attribute);
    if (!sent.ok) return failed(account, what, sent);
  }
  return { state: 'code-sent', keep: { pending: value } };
}

async function confirm(
  account: OpenAccount,
  attribute: CodeAttribute,
  code: string,
): Promise<Outcome> {
  const { caller } = account;
  const what = changeOf(attribute);
  const verified = await verifyAttribute(caller, attribute, code);
  if (verified.ok)
    return { state: 'done', change: what, flash: 'saved', to: '/account', renew: true };
  return failed(account, what, verified, {
    code_wrong: 'code',
    code_expired: 'code',
    taken: 'code',
  });
}

function changeOf(attribute: CodeAttribute): 'email' | 'phone' {
  return attribute === 'email' ? 'email' : 'phone';
}
