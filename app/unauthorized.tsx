import { PageShell } from './_components/page-shell';

/** What `unauthorized()` shows: only a request that got past the middleware comes here. */
export default function Unauthorized() {
  return (
    <PageShell>
      <h1>Please sign in</h1>
      <p className="lead">This page is only for people who are signed in.</p>
      <p>
        <a className="button" href="/login">
          Sign in
        </a>
      </p>
    </PageShell>
  );
}
