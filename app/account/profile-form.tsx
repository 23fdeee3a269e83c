import { AccountForm } from '@/app/_components/account-form';
import { Field } from '@/app/_components/form/field';
import { PROFILE_FIELDS } from '@/lib/account/fields';
import { providerOf } from '@/lib/account/provider';
import type { Account } from '@/lib/account/read';
import type { User } from '@/lib/cognito';
import { keptForm } from '@/lib/kept-form';
import styles from './account.module.css';

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
