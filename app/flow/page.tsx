import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { environment, getVisitor, type Visitor } from '@/lib/cognito';
import { PageShell } from '../_components/page-shell';
import { Moment, timeLeft } from '../_components/time';

export const metadata: Metadata = { title: 'The flow' };

/** The flow, step by step, lit up with the visitor's own session. */
export default async function FlowPage() {
  const visitor = await getVisitor();
  const done = visitor.state === 'signed-in';
  return (
    <PageShell path="/flow">
      <h1>The flow</h1>
      <p className="lead">{introduction(visitor)}</p>
      <ol className="flow">
        <Step title="A page is asked for" file="middleware.ts" done={done}>
          Every request passes the middleware. Without a session a document is sent to the hosted
          UI; an API call gets a 401, a form comes back to its page.
        </Step>
        <Step title="A sign-in attempt starts" file="lib/cognito/protocol/sign-in.ts" done={done}>
          Three random values go along: a state against a foreign callback, a nonce against a
          swapped token, a code verifier against a stolen code. A sealed cookie remembers them for
          an hour, one for each tab.
        </Step>
        <Step
          title="The hosted UI signs you in"
          file="lib/cognito/protocol/hosted-ui.ts"
          done={done}
        >
          <HostedUi />
        </Step>
        <Step
          title="The code becomes three tokens"
          file="lib/cognito/protocol/tokens.ts"
          done={done}
        >
          The callback trades the authorization code and the code verifier for an ID token, an
          access token and a refresh token, server to server.
        </Step>
        <Step title="The tokens are verified" file="lib/cognito/protocol/verify.ts" done={done}>
          <Verified visitor={visitor} />
        </Step>
        <Step
          title="They are sealed into the session"
          file="lib/cognito/session/session.ts"
          done={done}
        >
          Encrypted and signed by iron-session, in cookies that no script can read. Nothing else is
          stored anywhere.
        </Step>
        <Step title="The page reads your claims" file="lib/cognito/user.ts" done={done}>
          The page verifies both tokens again: it does not trust the middleware.
        </Step>
        <Step
          title="They are refreshed before they expire"
          file="lib/cognito/session/refresh.ts"
          done={done}
        >
          <Refresh visitor={visitor} />
        </Step>
        <Step title="You sign out" file="app/logout/route.ts" done={false}>
          The refresh token is revoked, the cookies are deleted, and the hosted UI forgets you too.
        </Step>
      </ol>
    </PageShell>
  );
}

function introduction(visitor: Visitor): string {
  if (visitor.state === 'signed-in') return `This is how ${visitor.user.username} got here.`;
  if (visitor.state === 'unknown') {
    return 'The sign-in service does not answer, so we can’t tell right now whether you are signed in.';
  }
  return 'Sign in, and this page fills with your own session.';
}

function Step({
  title,
  file,
  done,
  children,
}: {
  title: string;
  file: string;
  done: boolean;
  children: ReactNode;
}) {
  return (
    <li className={done ? 'done' : undefined}>
      <h2>
        {title}
        {done ? <span className="tag">done</span> : null}
      </h2>
      <div>{children}</div>
      <p className="file">
        <code>{file}</code>
      </p>
    </li>
  );
}

function HostedUi() {
  const site = environment();
  if (!site.ok) return null;
  const { domain, scopes } = site.client.config;
  return (
    <>
      At <code>{domain}</code>, which alone sees your password. Asked for: <code>{scopes}</code>.
    </>
  );
}

function Verified({ visitor }: { visitor: Visitor }) {
  if (visitor.state !== 'signed-in') {
    return 'Signature, issuer, audience, purpose, time, nonce, and that both are about the same person.';
  }
  const { claims } = visitor.user;
  return (
    <ul className="checks">
      <li>signed with RS256 by a key of the user pool</li>
      <li>
        issuer <code>{claims.iss}</code>
      </li>
      <li>
        for the app client <code>{claims.aud}</code>
      </li>
      <li>
        an ID token and an access token, both about <code>{claims.sub}</code>
      </li>
      <li>
        issued <Moment at={claims.iat} />, not expired
      </li>
    </ul>
  );
}

function Refresh({ visitor }: { visitor: Visitor }) {
  if (visitor.state !== 'signed-in') {
    return 'Silently, by the middleware, once for each session however many requests come at once.';
  }
  const left = timeLeft(visitor.lives.access.expiresAt, Date.now() / 1000);
  return (
    <>
      <p>Yours live for {left}. You can also do it now:</p>
      <form action="/refresh" method="post">
        <button type="submit" className="button">
          Refresh now
        </button>
      </form>
    </>
  );
}
