import { CopyButton } from '@/app/_components/copy-button';
import { PageShell } from '@/app/_components/page-shell';
import { TimeLeft } from '@/app/_components/time-left';
import { Sequence } from '@/app/flow/sequence';
import { stepsDone } from '@/app/flow/steps-done';
import styles from '@/app/landing.module.css';
import { Proofs } from '@/app/proofs';
import { getVisitor, type Visitor } from '@/lib/cognito';

/** The landing page. Anyone can open it; it shows whether the visitor is signed in. */
export default async function LandingPage() {
  const visitor = await getVisitor();
  const done = stepsDone(
    visitor.state === 'signed-in' ? { refreshed: visitor.refreshedAt !== undefined } : null,
  );
  return (
    <PageShell path="/">
      <section className={styles.hero}>
        <div className={styles.words}>
          <h1>
            Amazon Cognito <span className={styles.term}>sign-in,</span> done right
          </h1>
          <p className="lead">
            A Next.js starter with secure sign-in built in: users sign in on Amazon Cognito’s hosted
            UI and stay signed in, every token is verified, and you need no database.
          </p>
          <State visitor={visitor} />
        </div>
        <figure className={styles.figure}>
          <Sequence done={done} page="/flow" />
          <figcaption>
            {done.size > 0
              ? 'Green steps have happened in your session.'
              : 'One sign-in, top to bottom.'}{' '}
            Select a step for details.
          </figcaption>
        </figure>
      </section>

      <section aria-labelledby="start" className={styles.start}>
        <div>
          <h2 id="start">Try it with two commands</h2>
          <p>
            All you need is Node and npm. You don’t need an AWS account: the repository includes a
            local user pool with its own hosted UI and sample users.
          </p>
        </div>
        <dl className={styles.commands}>
          <div>
            <dt>Run the site</dt>
            <dd>
              <code id="run">npm run dev</code>
              <CopyButton from="run" what="npm run dev" />
            </dd>
          </div>
          <div>
            <dt>Run the tests</dt>
            <dd>
              <code id="test">npm test</code>
              <CopyButton from="test" what="npm test" />
            </dd>
          </div>
        </dl>
      </section>

      <Proofs />
    </PageShell>
  );
}

function State({ visitor }: { visitor: Visitor }) {
  if (visitor.state === 'unavailable') {
    return (
      <div className={`card ${styles.state}`} role="status">
        <p>
          The sign-in service is not responding, so we can’t tell right now whether you are signed
          in. You have not been signed out.
        </p>
        <a className="button" href="/">
          Try again
        </a>
      </div>
    );
  }
  if (visitor.state === 'signed-out') {
    return (
      <div className={`card ${styles.state}`}>
        <p>You are signed out. Open a private page to try signing in.</p>
        <a className="button" href="/profile">
          Open your profile
        </a>
      </div>
    );
  }
  return (
    <div className={`card ${styles.state}`}>
      <p>
        You are signed in as <strong>{visitor.user.username}</strong>. Time until your tokens
        expire: <TimeLeft until={visitor.lifetimes.access.expiresAt} now={Date.now() / 1000} />. The
        site refreshes them automatically.
      </p>
      <a className="button" href="/flow">
        See how you got here
      </a>
    </div>
  );
}
