import { getUser, updateAttributes } from '@/lib/cognito/account/user';
import { PROFILE_FIELDS, type ProfileField } from '../fields';
import { type AccountForm, failed } from '../form';

const LONGEST = 100;

/** Changes the attributes of `PROFILE_FIELDS`. Only those that differ are sent. */
export const profile: AccountForm = {
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
