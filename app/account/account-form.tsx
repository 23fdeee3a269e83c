import type { ReactNode } from 'react';
import { Draft } from '@/app/_components/form/draft';
import { ErrorSummary, Field } from '@/app/_components/form/field';
import form from '@/app/_components/form/form.module.css';
import { PROFILE_FIELDS } from '@/lib/account/fields';
import { providerOf } from '@/lib/account/provider';
import type { Account } from '@/lib/account/read';
import type { User } from '@/lib/cognito';
import { type KeptForm, keptForm, ownerTag } from '@/lib/kept-form';
import styles from './account.module.css';

/**
 * A form that `/account/save` handles: what is wrong with it, its fields and its button.
 *
 * @param props.name of the form in `lib/account/forms`
 * @param props.sub of the signed-in user
 * @param props.kept from `keptForm`: the form as the user sent it
 * @param props.submit the text of the button
 * @param props.secret whether nothing of it may stay in the browser
 */
export function AccountForm(props: {
  name: string;
  sub: string;
  kept: KeptForm | undefined;
  submit: string;
  secret?: boolean;
  children: ReactNode;
}) {
  const { name, sub, kept, submit, secret = false, children } = props;
  const owner = ownerTag(sub);
  const errors = Object.entries(kept?.errors ?? {}).map(
    ([field, error]) => [`${name}-${field}`, error] as const,
  );
  return (
    <form action="/account/save" method="post" className={form.form} id={`${name}-form`}>
      <input type="hidden" name="form" value={name} />
      <input type="hidden" name="owner" value={owner} />
      <ErrorSummary errors={errors} />
      {kept && errors.length === 0 ? (
        <p className={form.notice} role="status">
          <strong>Not saved yet.</strong> You had to sign in again, or the site could not check your
          session. Choose {submit} to go on.
        </p>
      ) : null}
      {children}
      {secret ? null : <Draft owner={owner} name={`account:${name}`} keep={kept !== undefined} />}
      <button type="submit" className="button">
        {submit}
      </button>
    </form>
  );
}

/** The attributes that the user may change: `PROFILE_FIELDS`. */
export async function ProfileForm({ user, account }: { user: User; account: Account }) {
  const kept = await keptForm('/account', user.sub);
  const provider = providerOf(user);
  const first = PROFILE_FIELDS.find(({ attribute }) => kept?.errors[attribute]);
  const shownIn = (attribute: string) => {
    const claim = user.claims[attribute];
    const known = account.attributes ? account.attributes.get(attribute) : claim;
    return kept?.values[attribute] ?? (typeof known === 'string' ? known : '');
  };
  return (
    <AccountForm name="profile" sub={user.sub} kept={kept} submit="Save">
      {provider ? (
        <p className={styles.hint}>
          {`${provider} may overwrite some of these at your next sign-in. Change them there instead.`}
        </p>
      ) : null}
      {PROFILE_FIELDS.map((field) => (
        <Field
          key={field.attribute}
          id={`profile-${field.attribute}`}
          name={field.attribute}
          label={field.label}
          hint={field.hint}
          error={kept?.errors[field.attribute]}
          focus={field === first}
        >
          {(control) => (
            <input
              {...control}
              type={field.type ?? 'text'}
              maxLength={field.longest ?? 100}
              autoComplete={field.autoComplete ?? 'off'}
              defaultValue={shownIn(field.attribute)}
            />
          )}
        </Field>
      ))}
    </AccountForm>
  );
}
