import styles from '@/app/_components/example-pages.module.css';
import { PageShell } from '@/app/_components/page-shell';
import { TimeLeft } from '@/app/_components/time-left';
import { getVisitor, requireRecentSignIn } from '@/lib/cognito';
import { pageMetadata } from '@/lib/page-metadata';

export const metadata = pageMetadata('/sensitive');

/** The oldest sign-in that this page accepts, in seconds. */
const MAX_AGE = 300;

/** For actions that an unattended device must not allow: the page requires a recent sign-in. */
export default async function SensitivePage() {
  const user = await requireRecentSignIn(MAX_AGE, '/sensitive');
  const visitor = await getVisitor();
  const now = Date.now() / 1000;
  return (
    <PageShell path="/sensitive">
      <h1>
        Recent <span className={styles.term}>sign-in</span> required
      </h1>
      <p className="lead">
        You can open this page because you, {user.name ?? user.username}, signed in within the last
        five minutes. After that, it asks you to sign in again even though your session is still
        active.
      </p>
      {visitor.state === 'signed-in' ? (
        <p className={`card ${styles.time}`}>
          Time until you must sign in again:{' '}
          <strong>
            <TimeLeft
              until={now + MAX_AGE - visitor.signInAge}
              now={now}
              over="none, sign in on your next visit"
            />
          </strong>
          . Refreshing your tokens does not extend it.
        </p>
      ) : null}
      <div className={styles.text}>
        <h2>When to use it</h2>
        <p>
          Use it for actions such as closing an account, changing payment details or showing a
          secret once. It protects users who leave a device unattended.
        </p>
        <p>
          The page calls <code>requireRecentSignIn</code>, which checks the <code>auth_time</code>{' '}
          claim of your ID token. The maximum age is set in <code>lib/access.ts</code>.
        </p>
        <h2>What to try next</h2>
        <p>
          Wait five minutes and reload this page. The hosted UI asks for your password, then sends
          you back here. Meanwhile, <a href="/account">the account page</a> still opens.
        </p>
      </div>
    </PageShell>
  );
}
