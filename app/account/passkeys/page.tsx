import { ErrorSummary } from '@/app/_components/form/field';
import form from '@/app/_components/form/form.module.css';
import { PageShell } from '@/app/_components/page-shell';
import { RECENT } from '@/lib/account/form';
import { isFederated, providerOf } from '@/lib/account/provider';
import { readPasskeys } from '@/lib/account/read';
import { requireRecentSignIn } from '@/lib/cognito';
import { keptForm } from '@/lib/kept-form';
import { pageMetadata } from '@/lib/page-metadata';
import { PasskeyList } from './passkey-list';
import styles from './passkeys.module.css';

const PATH = '/account/passkeys';
export const metadata = pageMetadata(PATH);
/** Cognito refuses another one. */
const MOST = 20;

/** The user’s passkeys: the list, and the ways to delete one and to add one. Needs a recent sign-in. */
export default async function PasskeysPage() {
  const user = await requireRecentSignIn(RECENT, PATH);
  return (
    <PageShell path={PATH}>
      <p>
        <a href="/account">Your account</a>
      </p>
      <h1>Passkeys</h1>
      {isFederated(user) ? (
        <p>You sign in with {providerOf(user)}. Set up passkeys there.</p>
      ) : (
        <Passkeys sub={user.sub} />
      )}
    </PageShell>
  );
}

async function Passkeys({ sub }: { sub: string }) {
  const [{ list, supported, problem }, kept] = await Promise.all([
    readPasskeys(),
    keptForm(PATH, sub),
  ]);
  const error = kept?.errors.form;
  if (!supported && !list?.length) return <p>This site doesn’t support passkeys.</p>;
  return (
    <>
      <p className="lead">
        A passkey signs you in with your fingerprint, your face or your screen lock, without a
        password.
      </p>
      <ErrorSummary errors={error ? [['passkey-list', error]] : []} />
      {kept && !error ? (
        <Notice>
          Nothing was deleted. You had to sign in again, or the site could not check your session.
        </Notice>
      ) : null}
      {problem ? <Notice>{problem}</Notice> : null}
      {list ? <PasskeyList sub={sub} list={list} /> : null}
      {supported && list && list.length < MOST ? (
        <>
          <p className={styles.add}>
            <a href={`${PATH}/add`} className="button">
              Add a passkey
            </a>
          </p>
          <p className={form.hint}>
            This opens the sign-in page, which is where the passkey is created.
          </p>
        </>
      ) : null}
    </>
  );
}

function Notice({ children }: { children: string }) {
  return (
    <p className={form.notice} role="status">
      {children}
    </p>
  );
}
