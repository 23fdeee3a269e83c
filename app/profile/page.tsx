import type { Metadata } from 'next';
import { getVisitor, requireUser } from '@/lib/cognito';
import { PageShell } from '../_components/page-shell';
import { SignOutButton } from '../_components/sign-out-button';
import { TokenLives } from '../_components/token-lives';

export const metadata: Metadata = { title: 'Profile' };

/** The person's verified claims, and how long their tokens live. */
export default async function ProfilePage() {
  const user = await requireUser();
  const visitor = await getVisitor();
  return (
    <PageShell path="/profile">
      <h1>{user.name ?? user.username}</h1>
      <p className="lead">
        {user.email ?? 'No e-mail address'}
        {user.email && !user.emailVerified ? ' (not verified)' : ''} ·{' '}
        {user.groups.length > 0 ? `member of ${user.groups.join(', ')}` : 'member of no group'}
      </p>

      {visitor.state === 'signed-in' ? <TokenLives lives={visitor.lives} /> : null}
      <div className="actions">
        <form action="/refresh" method="post">
          <button type="submit" className="button">
            Refresh now
          </button>
        </form>
        <a className="button quiet" href="/api/me">
          Call the API
        </a>
        <a className="button quiet" href="/sensitive">
          A sensitive page
        </a>
        <SignOutButton everywhere />
      </div>

      <table className="wide">
        <caption>Verified claims of your ID token</caption>
        <thead>
          <tr>
            <th scope="col">Claim</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(user.claims).map(([claim, value]) => (
            <tr key={claim}>
              <th scope="row">
                <code>{claim}</code>
              </th>
              <td>{typeof value === 'string' ? value : JSON.stringify(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </PageShell>
  );
}
