/** The public page: the same HTML in every app. */
export function OpenText() {
  return (
    <main>
      <h1>Open</h1>
      <p>This page is public.</p>
      <Facts />
    </main>
  );
}

/** The page of a signed-in user: the same HTML in every app. */
export function PrivateText({ email }: { email: string }) {
  return (
    <main>
      <h1>Private</h1>
      <p>You are signed in as {email}.</p>
      <Facts />
    </main>
  );
}

/** Some content to render. */
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
