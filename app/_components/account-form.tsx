import type { ReactNode } from 'react';
import { type KeptForm, ownerTag } from '@/lib/kept-form';
import { Draft } from './form/draft';
import { ErrorSummary } from './form/field';
import styles from './form/form.module.css';

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
    <form action="/account/save" method="post" className={styles.form} id={`${name}-form`}>
      <input type="hidden" name="form" value={name} />
      <input type="hidden" name="owner" value={owner} />
      <ErrorSummary errors={errors} />
      {kept && errors.length === 0 ? (
        <p className={styles.notice} role="status">
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
