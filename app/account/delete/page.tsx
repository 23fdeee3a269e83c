import { Field } from '@/app/_components/form/field';
import { PageShell } from '@/app/_components/page-shell';
import { RECENT } from '@/lib/account/form';
import { CONFIRMATION } from '@/lib/account/forms';
import { requireRecentSignIn } from '@/lib/cognito';
import { keptForm } from '@/lib/kept-form';
import { pageMetadata } from '@/lib/page-metadata';
import { AccountForm } from '../account-form';

const PATH = '/account/delete';
export const metadata = pageMetadata(PATH);

/** Deletes the account. Needs a typed confirmation, and a recent sign-in. */
export default async function DeletePage() {
  const user = await requireRecentSignIn(RECENT, PATH);
  const kept = await keptForm(PATH, user.sub);
  return (
    <PageShell path={PATH}>
      <p>
        <a href="/account">Your account</a>
      </p>
      <h1>Delete your account</h1>
      <p className="lead">
        This deletes {user.email ?? user.username}, and everything that this site stores about you.
        It can’t be undone.
      </p>
      <AccountForm name="delete" sub={user.sub} kept={kept} submit="Delete my account" secret>
        <Field
          id="delete-confirmation"
          name="confirmation"
          label={`To confirm, type “${CONFIRMATION}”`}
          error={kept?.errors.confirmation}
          focus
        >
          {(control) => <input {...control} type="text" required autoComplete="off" />}
        </Field>
      </AccountForm>
    </PageShell>
  );
}
