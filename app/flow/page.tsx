import { PageShell } from '@/app/_components/page-shell';
import { getVisitor, type Visitor } from '@/lib/cognito';
import { pageMetadata } from '@/lib/page-metadata';
import { ChapterList } from './chapter-list';
import { Ask } from './chapters/ask';
import { Attempt } from './chapters/attempt';
import { Callback } from './chapters/callback';
import { HostedUi } from './chapters/hosted-ui';
import { PageReads } from './chapters/page-reads';
import { Refresh } from './chapters/refresh';
import { Seal } from './chapters/seal';
import { SignOut } from './chapters/sign-out';
import { Tokens } from './chapters/tokens';
import { Verify } from './chapters/verify';
import { flowEvidence } from './evidence';
import { exampleEvidence } from './example';
import styles from './flow.module.css';
import { Sequence } from './sequence';
import { SequenceLight } from './sequence-light';
import { stepsDone } from './steps-done';

export const metadata = pageMetadata('/flow');

/** The flow, step by step: with data from the visitor's session, or with an example. */
export default async function FlowPage() {
  const visitor = await getVisitor();
  const own = await flowEvidence();
  const evidence = own ?? (await exampleEvidence());
  const steps = stepsDone(own);
  return (
    <PageShell path="/flow">
      <header className={styles.intro}>
        <h1>The flow</h1>
        <p className="lead">
          This page follows a sign-in with OAuth 2.0 and OpenID Connect: the authorization code flow
          with PKCE. Three actors take part: your browser, this site, and an Amazon Cognito user
          pool with its hosted UI. At each step, look at who sends what, and what the receiver
          checks.
        </p>
        <Introduction visitor={visitor} />
        <ChapterList />
      </header>
      <div className={styles.columns}>
        <aside className={styles.drawing} aria-label="Sequence diagram">
          <Sequence done={steps} />
          <SequenceLight />
        </aside>
        <div className={styles.chapters}>
          <Ask evidence={evidence} done={steps.has('ask')} />
          <Attempt evidence={evidence} done={steps.has('attempt')} />
          <HostedUi evidence={evidence} done={steps.has('hosted-ui')} />
          <Callback evidence={evidence} done={steps.has('callback')} />
          <Tokens evidence={evidence} done={steps.has('tokens')} />
          <Verify evidence={evidence} done={steps.has('verify')} />
          <Seal evidence={evidence} done={steps.has('seal')} />
          <PageReads evidence={evidence} done={steps.has('page')} />
          <Refresh evidence={evidence} done={steps.has('refresh')} />
          <SignOut evidence={evidence} />
        </div>
      </div>
    </PageShell>
  );
}

function Introduction({ visitor }: { visitor: Visitor }) {
  if (visitor.state === 'signed-in') {
    return (
      <p>
        This is how <strong>{visitor.user.username}</strong> got here, with data from your own
        session. Secrets are shown as their length and the start of their hash.
      </p>
    );
  }
  return (
    <>
      <p>The data below is an example: alice, a sample user.</p>
      {visitor.state === 'unavailable' ? (
        <p className="card" role="status">
          The sign-in service is not responding, so we can’t tell right now whether you are signed
          in. You have not been signed out.
        </p>
      ) : (
        <p>
          <a className="button" href="/login?returnTo=/flow">
            Sign in to see your own data
          </a>
        </p>
      )}
    </>
  );
}
