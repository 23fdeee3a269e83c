import { PageShell } from './_components/page-shell';

/** The 404 page. */
export default function NotFound() {
  return (
    <PageShell>
      <h1>There is no page here</h1>
      <p className="lead">The address may be mistyped, or the page may have moved.</p>
      <p>
        <a className="button" href="/">
          Go to the front page
        </a>
      </p>
    </PageShell>
  );
}
