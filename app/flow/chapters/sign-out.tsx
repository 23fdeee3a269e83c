import { SignOutButton } from '@/app/_components/user-menu';
import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';

/** Sign-out in three places: the user pool, this site and the hosted UI. */
export function SignOut({ evidence }: { evidence: Evidence }) {
  return (
    <Chapter step="sign-out" done={false}>
      <p>
        The site revokes the refresh token, deletes the session cookie and redirects you through the
        hosted UI, which ends its session too. Signing out takes a form with a button, not a link,
        so other sites can’t sign you out.
      </p>
      <Facts
        facts={[
          { name: 'logout_uri', value: <code>{evidence.logoutUri}</code> },
          {
            name: 'everywhere',
            value: <code>GlobalSignOut</code>,
            note: 'Signs out all your devices at their next refresh.',
          },
        ]}
      />
      {evidence.example ? null : (
        <div className="actions">
          <SignOutButton label="Sign out on this device" />
          <SignOutButton everywhere />
        </div>
      )}
    </Chapter>
  );
}
