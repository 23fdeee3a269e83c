import type { Metadata } from 'next';
import { getVisitor, type Visitor } from '@/lib/cognito';
import { PageShell } from '../_components/page-shell';
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

export const metadata: Metadata = {
  title: 'The flow',
  description: 'A sign-in with Amazon Cognito’s hosted UI, step by step, as it happened to you.',
};

/** The flow, step by step, as it happened in the visitor's own session; else with an example. */
export default async function FlowPage() {
  const visitor = await getVisitor();
  const own = await flowEvidence();
  const evidence = own ?? (await exampleEvidence());
  const steps = stepsDone(own);
  return (
    <PageShell path="/flow">
      <header className={styles.intro}>
        <h1>The flow</h1>
        <Introduction visitor={visitor} />
      </header>
      <div className={styles.columns}>
        <aside className={styles.drawing} aria-label="The flow in one drawing">
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
      <p className="lead">
        This is how <strong>{visitor.user.username}</strong> got here. Everything below comes from
        your own session: the times, the claims, the bytes. Secrets are shown as their length and
        the start of their hash.
      </p>
    );
  }
  return (
    <>
      <p className="lead">
        Ten steps lead from a link to a page that knows who you are. Below they are told with an
        example: alice, at the local user pool.
      </p>
      {visitor.state === 'unavailable' ? (
        <p className="card" role="status">
          The sign-in service does not answer, so we can’t tell right now whether you are signed in.
          You have not been signed out.
        </p>
      ) : (
        <p>
          <a className="button" href="/login?returnTo=/flow">
            Sign in and see your own
          </a>
        </p>
      )}
    </>
  );
}
