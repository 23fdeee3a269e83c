import { PageShell } from '@/app/_components/page-shell';
import { getVisitor, type Visitor } from '@/lib/cognito';
import { DESCRIPTION, NAME } from '@/lib/site';

/** The front page, for everyone. It knows whether the visitor is signed in. Start yours here. */
export default async function FrontPage() {
  return (
    <PageShell path="/">
      <h1>{NAME}</h1>
      <p className="lead">{DESCRIPTION}</p>
      <State visitor={await getVisitor()} />
    </PageShell>
  );
}

function State({ visitor }: { visitor: Visitor }) {
  if (visitor.state === 'unavailable') {
    return (
      <>
        <p role="status">
          The sign-in service is not responding, so we can’t tell right now whether you are signed
          in. You have not been signed out.
        </p>
        <a className="button" href="/">
          Try again
        </a>
      </>
    );
  }
  if (visitor.state === 'signed-out') {
    return (
      <div className="actions">
        <a className="button" href="/login?returnTo=/notes">
          Sign in
        </a>
        <a className="button quiet" href="/login?signup&amp;returnTo=/notes">
          Create an account
        </a>
      </div>
    );
  }
  return (
    <>
      <p>
        Welcome back, <strong>{visitor.user.name ?? visitor.user.username}</strong>.
      </p>
      <div className="actions">
        <a className="button" href="/notes">
          Open your notes
        </a>
        <a className="button quiet" href="/account">
          Your account
        </a>
      </div>
    </>
  );
}
