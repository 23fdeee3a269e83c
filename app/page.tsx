import { getVisitor, type Visitor } from '@/lib/cognito';
import { CopyButton } from './_components/copy-button';
import { PageShell } from './_components/page-shell';
import { TimeLeft } from './_components/time-left';
import { Sequence } from './flow/sequence';
import { stepsDone } from './flow/steps-done';
import styles from './landing.module.css';
import { Proofs } from './proofs';

/** The landing page, for anybody, with the visitor's own state. */
export default async function LandingPage() {
  const visitor = await getVisitor();
  const done = stepsDone(
    visitor.state === 'signed-in' ? { refreshed: visitor.refreshedAt !== undefined } : null,
  );
  return (
    <PageShell path="/">
      <section className={styles.hero}>
        <div className={styles.words}>
          <h1>Sign-in with Amazon Cognito’s hosted UI, done whole</h1>
          <p className="lead">
            A Next.js site to clone: it sends people to the hosted UI, verifies what comes back,
            keeps the tokens in one encrypted cookie, and refreshes them before anybody notices.
          </p>
          <State visitor={visitor} />
        </div>
        <figure className={styles.figure}>
          <Sequence done={done} page="/flow" />
          <figcaption>
            {done.size > 0 ? 'What is green happened to you.' : 'A sign-in, from top to bottom.'}{' '}
            Each line leads to its explanation.
          </figcaption>
        </figure>
      </section>

      <section aria-labelledby="start" className={styles.start}>
        <div>
          <h2 id="start">Two commands</h2>
          <p>
            Node and npm are enough. There is no AWS account to open first: the repository brings a
            user pool of its own, with its own hosted UI, and people to sign in as.
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
            <dt>Pass all tests</dt>
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
          The sign-in service does not answer, so we can’t tell right now whether you are signed in.
          You have not been signed out.
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
        <p>
          You are signed out. Open a page that is only for people who are signed in, and see what
          happens.
        </p>
        <a className="button" href="/profile">
          Open your profile
        </a>
      </div>
    );
  }
  return (
    <div className={`card ${styles.state}`}>
      <p>
        You are signed in as <strong>{visitor.user.username}</strong>; your tokens live for{' '}
        <TimeLeft until={visitor.lifetimes.access.expiresAt} now={Date.now() / 1000} />. Then they
        are refreshed, and you will not notice.
      </p>
      <a className="button" href="/flow">
        See how you got here
      </a>
    </div>
  );
}
