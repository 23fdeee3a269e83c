import { PageShell } from '@/app/_components/page-shell';
import { getVisitor, type Visitor } from '@/lib/cognito';
import { NAME } from '@/lib/site';

/** The public front page: shows whether the visitor is signed in, and links on. Start yours here. */
export default async function FrontPage() {
  return (
    <PageShell path="/">
      <h1>{NAME}</h1>
      <State visitor={await getVisitor()} />
    </PageShell>
  );
}

function State({ visitor }: { visitor: Visitor }) {
  if (visitor.state === 'unavailable') {
    return (
      <>
        <p className="lead" role="status">
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
      <>
        <p className="lead">You are signed out.</p>
        <a className="button" href="/login?returnTo=/profile">
          Sign in
        </a>
      </>
    );
  }
  return (
    <>
      <p className="lead">
        You are signed in as <strong>{visitor.user.username}</strong>.
      </p>
      <a className="button" href="/profile">
        Open your profile
      </a>
    </>
  );
}
