import { SignOutButton } from '../../_components/sign-out-button';
import { Chapter } from '../chapter';
import type { Evidence } from '../evidence-of';
import { Facts } from '../facts';

/** The end of it, in three places. */
export function SignOut({ evidence }: { evidence: Evidence }) {
  return (
    <Chapter step="sign-out" done={false}>
      <p>
        Deleting a cookie alone would leave a refresh token that still works and a hosted UI that
        still knows you. So the site revokes the refresh token, deletes the session, and sends you
        past the hosted UI, which forgets you and sends you back. Only a button can do this, never a
        link: no other site can sign you out with a picture.
      </p>
      <Facts
        facts={[
          { name: 'logout_uri', value: <code>{evidence.logoutUri}</code> },
          {
            name: 'everywhere',
            value: <code>GlobalSignOut</code>,
            note: 'Ends the sessions of all your devices; each notices with its next refresh, within the hour.',
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
