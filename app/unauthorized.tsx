import { PageShell } from './_components/page-shell';
import { Reference, refusal } from './_components/reference';

export const generateMetadata = () => refusal('Please sign in', '401: not signed in');

/** What `unauthorized()` shows: only a request that got past the middleware comes here. */
export default function Unauthorized() {
  return (
    <PageShell>
      <h1>Please sign in</h1>
      <p className="lead">
        This page is only for people who are signed in, and you are not, or not any longer.
      </p>
      <p>
        <a className="button" href="/login">
          Sign in
        </a>
      </p>
      <Reference />
    </PageShell>
  );
}
