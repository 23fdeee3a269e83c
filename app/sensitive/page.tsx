import type { Metadata } from 'next';
import { getVisitor, requireRecentSignIn } from '@/lib/cognito';
import { PageShell } from '../_components/page-shell';
import { TimeLeft } from '../_components/time-left';
import styles from './sensitive.module.css';

export const metadata: Metadata = { title: 'Sensitive' };

/** How old a sign-in may be here, in seconds. */
const MAX_AGE = 300;

/** For what should not happen on a device that was left open: it asks to sign in again. */
export default async function SensitivePage() {
  const user = await requireRecentSignIn(MAX_AGE, '/sensitive');
  const visitor = await getVisitor();
  const now = Date.now() / 1000;
  return (
    <PageShell path="/sensitive">
      <h1>Only for who has just signed in</h1>
      <p className="lead">
        You, {user.name ?? user.username}, signed in during the last five minutes. Later, this page
        asks you to sign in again, although you still are.
      </p>
      {visitor.state === 'signed-in' ? (
        <p className="card">
          It opens without asking for{' '}
          <strong>
            <TimeLeft
              until={now + MAX_AGE - visitor.signInAge}
              now={now}
              over="no longer: the next visit asks"
            />
          </strong>
          . A refresh does not prolong it.
        </p>
      ) : null}
      <div className={styles.text}>
        <h2>What it is for</h2>
        <p>
          For closing an account, changing how one is paid, or showing a secret once: what somebody
          else could do on a device that was left open.
        </p>
        <p>
          The page asks <code>requireRecentSignIn</code>, which looks at the <code>auth_time</code>{' '}
          of your ID token; <code>lib/access.ts</code> lists how old it may be.
        </p>
        <h2>What to try next</h2>
        <p>
          Wait five minutes and load this page again: the hosted UI asks for your password, and
          brings you back. <a href="/profile">Your profile</a> opens all the while.
        </p>
      </div>
    </PageShell>
  );
}
