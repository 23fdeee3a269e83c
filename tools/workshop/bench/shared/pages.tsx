/** The page that anybody may see: the same HTML in every app. */
export function OpenText() {
  return (
    <main>
      <h1>Open</h1>
      <p>Anybody may read this page.</p>
      <Facts />
    </main>
  );
}

/** The page of somebody who is signed in: the same HTML in every app. */
export function PrivateText({ email }: { email: string }) {
  return (
    <main>
      <h1>Private</h1>
      <p>You are signed in as {email}.</p>
      <Facts />
    </main>
  );
}

/** Something to render that is not nothing. */
function Facts() {
  return (
    <dl>
      {Array.from({ length: 12 }, (_, index) => `Fact ${index + 1}`).map((fact) => (
        <div key={fact}>
          <dt>{fact}</dt>
          <dd>It is the same in every app.</dd>
        </div>
      ))}
    </dl>
  );
}
