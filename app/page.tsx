import { getVisitor, type Visitor } from '@/lib/cognito';
import { PageShell } from './_components/page-shell';
import { timeLeft } from './_components/time';

/** The landing page, for anybody, with the visitor's own state. */
export default async function LandingPage() {
  return (
    <PageShell path="/">
      <section className="hero">
        <h1>Sign-in with Amazon Cognito’s hosted UI, done whole</h1>
        <p className="lead">
          A Next.js starter that sends people to the hosted UI, verifies what comes back, keeps the
          tokens in one encrypted cookie, and refreshes them before anybody notices.
        </p>
        <State visitor={await getVisitor()} />
      </section>

      <section aria-labelledby="how">
        <h2 id="how">How a sign-in goes</h2>
        <ol className="steps">
          <li>You ask for a page that is not public.</li>
          <li>
            <code>middleware.ts</code> finds no session and sends you to the hosted UI.
          </li>
          <li>You sign in there. This site never sees your password.</li>
          <li>
            You come back with a code, which <code>app/login/route.ts</code> exchanges for three
            tokens.
          </li>
          <li>Both signed tokens are verified, and all three sealed into a cookie.</li>
          <li>The page you asked for reads your verified claims.</li>
          <li>After an hour the tokens are refreshed silently; after 30 days you sign in again.</li>
        </ol>
        <p>
          <a href="/flow">Watch it with your own session</a>
        </p>
      </section>

      <section aria-labelledby="start">
        <h2 id="start">Start with it</h2>
        <p>Two commands, no AWS account: the repository brings a user pool of its own.</p>
        <dl className="commands">
          <dt>Run the site</dt>
          <dd>
            <code>npm run dev</code>
          </dd>
          <dt>Pass all tests</dt>
          <dd>
            <code>npm test</code>
          </dd>
        </dl>
      </section>
    </PageShell>
  );
}

function State({ visitor }: { visitor: Visitor }) {
  if (visitor.state === 'unknown') {
    return (
      <p className="card" role="status">
        The sign-in service does not answer, so we can’t tell right now whether you are signed in.
        You have not been signed out.
      </p>
    );
  }
  if (visitor.state === 'signed-out') {
    return (
      <p className="card">
        You are signed out. <a href="/profile">Open your profile</a> to see what happens.
      </p>
    );
  }
  const left = timeLeft(visitor.lives.access.expiresAt, Date.now() / 1000);
  return (
    <p className="card">
      You are signed in as <strong>{visitor.user.username}</strong>; your tokens live for {left}.{' '}
      <a href="/profile">See your claims</a>
    </p>
  );
}
