import { deletePasskey } from '@/lib/cognito/account/passkeys';
import { changePassword, deleteUser, getUser, updateAttributes } from '@/lib/cognito/account/user';
import { PROFILE_FIELDS, type ProfileField } from '../fields';
import { type AccountForm, failed, RECENT } from '../form';
import { beforeDelete } from '../on-delete';
import { addressForm, EMAIL, PHONE } from './address';

/** Changes the password. Cognito checks the rules: a page can't read them. */
const password: AccountForm = {
  path: '/account/password',
  maxAge: RECENT,
  keep: [],
  async run(account, form) {
    const previous = form.get('current') ?? '';
    const proposed = form.get('new') ?? '';
    const errors = {
      ...(previous === '' ? { current: 'Enter your current password.' } : {}),
      ...(proposed === '' ? { new: 'Enter a new password.' } : {}),
      ...(proposed !== '' && proposed === previous ? { new: 'Choose another password.' } : {}),
    };
    if (Object.keys(errors).length > 0) return { state: 'invalid', errors };
    const changed = await changePassword(account.caller, { previous, proposed });
    if (changed.ok)
      return { state: 'done', change: 'password', flash: 'passwordChanged', to: '/account' };
    return failed(account, 'password', changed, {
      wrong_password: 'current',
      password_policy: 'new',
      password_reused: 'new',
      invalid_value: 'new',
    });
  },
};

/** Deletes a passkey. The user's device still has it: only the user can remove it there. */
const passkey: AccountForm = {
  path: '/account/passkeys',
  maxAge: RECENT,
  keep: [],
  async run(account, form) {
    const deleted = await deletePasskey(account.caller, form.get('id') ?? '');
    // Another tab, or a second click, was faster.
    if (!deleted.ok && deleted.problem !== 'not_found') return failed(account, 'passkey', deleted);
    const to = '/account/passkeys';
    const done = { state: 'done', flash: 'passkeyDeleted', to } as const;
    return deleted.ok ? { ...done, change: 'passkey-deleted' } : done;
  },
};

/** What the user types to confirm. */
export const CONFIRMATION = 'delete my account';

/** Deletes the account, after the site's own data. */
const remove: AccountForm = {
  path: '/account/delete',
  maxAge: RECENT,
  keep: [],
  async run(account, form) {
    const typed = (form.get('confirmation') ?? '').trim().toLowerCase();
    if (typed !== CONFIRMATION) {
      return { state: 'invalid', errors: { confirmation: `Type “${CONFIRMATION}”.` } };
    }
    // The site's data must not go if the user pool no longer accepts this user's tokens.
    const known = await getUser(account.caller);
    if (!known.ok) return failed(account, 'deleted', known);
    const refusal = await beforeDelete(account.user);
    if (refusal) return { state: 'invalid', errors: { form: refusal } };
    const deleted = await deleteUser(account.caller);
    return deleted.ok ? { state: 'gone' } : failed(account, 'deleted', deleted);
  },
};

const LONGEST = 100;

/** Changes the attributes of `PROFILE_FIELDS`. Only those that differ are sent. */
const profile: AccountForm = {
  path: '/account',
  maxAge: Number.POSITIVE_INFINITY,
  keep: PROFILE_FIELDS.map(({ attribute }) => attribute),
  async run(account, form) {
    const { caller } = account;
    const values = PROFILE_FIELDS.map((field) => [field, typedIn(form, field)] as const);
    const errors = values.flatMap(([field, value]) => {
      const problem = problemOf(field, value);
      return problem ? [[field.attribute, problem]] : [];
    });
    if (errors.length > 0) return { state: 'invalid', errors: Object.fromEntries(errors) };
    const known = await getUser(caller);
    if (!known.ok) return failed(account, 'profile', known);
    const before = known.data.attributes;
    const changes = new Map(
      values
        .map(([{ attribute }, value]) => [attribute, value] as const)
        .filter(([attribute, value]) => value !== (before.get(attribute) ?? '')),
    );
    const updated = await updateAttributes(caller, changes);
    if (!updated.ok) return failed(account, 'profile', updated);
    const to = '/account';
    if (changes.size === 0) return { state: 'done', flash: 'saved', to };
    return { state: 'done', change: 'profile', flash: 'saved', to, renew: true };
  },
};

function typedIn(form: URLSearchParams, { attribute }: ProfileField): string {
  return (form.get(attribute) ?? '').replace(/\p{Cc}/gu, '').trim();
}

function problemOf(
  { longest = LONGEST, problem }: ProfileField,
  value: string,
): string | undefined {
  if (value === '') return undefined;
  if (value.length > longest) return `Shorten this to ${longest} characters.`;
  return problem?.(value);
}

/** The forms of the account pages, by the value of their hidden field `form`. */
export const FORMS: ReadonlyMap<string, AccountForm> = new Map([
  ['profile', profile],
  ['password', password],
  ['email', addressForm(EMAIL)],
  ['phone', addressForm(PHONE)],
  ['passkey', passkey],
  ['delete', remove],
]);
