import type { AccountForm } from '../form';
import { addressForm, EMAIL, PHONE } from './address';
import { passkey } from './passkey';
import { password } from './password';
import { profile } from './profile';
import { remove } from './remove';

/** The forms of the account pages, by the value of their hidden field `form`. */
export const FORMS: ReadonlyMap<string, AccountForm> = new Map([
  ['profile', profile],
  ['password', password],
  ['email', addressForm(EMAIL)],
  ['phone', addressForm(PHONE)],
  ['passkey', passkey],
  ['delete', remove],
]);
