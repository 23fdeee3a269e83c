import { Field } from '@/app/_components/form/field';
import { PageShell } from '@/app/_components/page-shell';
import { PASSWORD_HINT } from '@/lib/account/fields';
import { RECENT } from '@/lib/account/form';
import { isFederated } from '@/lib/account/provider';
import { requireRecentSignIn } from '@/lib/cognito';
import { keptForm } from '@/lib/kept-form';
import { pageMetadata } from '@/lib/page-metadata';
import { AccountForm } from '../account-form';

const PATH = '/account/password';
export const metadata = pageMetadata(PATH);

/** Changes the password. Needs the current one, and a recent sign-in. */
export default async function PasswordPage() {
  const user = await requireRecentSignIn(RECENT, PATH);
  const kept = await keptForm(PATH, user.sub);
  const { errors = {} } = kept ?? {};
  return (
    <PageShell path={PATH}>
      <p>
        <a href="/account">Your account</a>
      </p>
      <h1>Change your password</h1>
      {isFederated(user) ? (
        <p>You sign in with another provider. Change your password there.</p>
      ) : (
        <AccountForm name="password" sub={user.sub} kept={kept} submit="Change password" secret>
          {/* Password managers save the new password for this user. */}
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={user.username}
            readOnly
            hidden
          />
          <Field
            id="password-current"
            name="current"
            label="Current password"
            error={errors.current}
            focus
          >
            {(control) => (
              <input {...control} type="password" required autoComplete="current-password" />
            )}
          </Field>
          <Field
            id="password-new"
            name="new"
            label="New password"
            hint={PASSWORD_HINT}
            error={errors.new}
            focus={errors.current === undefined}
          >
            {(control) => (
              <input
                {...control}
                type="password"
                required
                autoComplete="new-password"
                maxLength={256}
              />
            )}
          </Field>
        </AccountForm>
      )}
    </PageShell>
  );
}
