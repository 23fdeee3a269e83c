'use client';

/** The 500 page: says nothing about the cause, which is in the server's log under the digest. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <main id="content">
      <h1>Something went wrong</h1>
      <p className="lead">It was not your fault, and you have not been signed out.</p>
      {error.digest ? (
        <p>
          If it happens again, tell the operator of this site the number <code>{error.digest}</code>
          .
        </p>
      ) : null}
      <p>
        <a className="button" href="/">
          Go to the front page
        </a>
      </p>
    </main>
  );
}
