import form from '@/app/_components/form/form.module.css';
import { PageShell } from '@/app/_components/page-shell';
import { RECENT } from '@/lib/account/form';
import { isFederated, providerOf } from '@/lib/account/provider';
import { readAccount } from '@/lib/account/read';
import { requireRecentSignIn } from '@/lib/cognito';
import { pageMetadata } from '@/lib/page-metadata';
import { setUp, turnOff } from './actions';
import { SetUp, TurnOff } from './set-up';

const PATH = '/account/two-factor';
export const metadata = pageMetadata(PATH);

/** Sets up an authenticator app as a second factor, and turns it off. Needs a recent sign-in. */
export default async function TwoFactorPage() {
  const user = await requireRecentSignIn(RECENT, PATH);
  const { twoFactor, problem } = await readAccount();
  return (
    <PageShell path={PATH}>
      <p>
        <a href="/account">Your account</a>
      </p>
      <h1>Two-factor authentication</h1>
      {isFederated(user) ? (
        <p>You sign in with {providerOf(user)}. Set up a second factor there.</p>
      ) : (
        <>
          <p className="lead">
            {twoFactor
              ? 'It is on: a sign-in asks for a code from your authenticator app.'
              : 'With two-factor authentication on, a sign-in also asks for a code from an app on your phone.'}
          </p>
          {problem ? (
            <p className={form.notice} role="status">
              {problem}
            </p>
          ) : null}
          <SetUp action={setUp} isOn={twoFactor === true} />
          {twoFactor ? <TurnOff action={turnOff} /> : null}
          <p className={form.hint}>
            If you lose the app, only an administrator can let you in again: there are no backup
            codes.
          </p>
        </>
      )}
    </PageShell>
  );
}
