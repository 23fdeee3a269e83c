import form from '@/app/_components/form/form.module.css';
import { PageShell } from '@/app/_components/page-shell';
import { timeLeft } from '@/app/_components/time';
import { Avatar, SignOutButton } from '@/app/_components/user-menu';
import { isFederated, providerOf } from '@/lib/account/provider';
import { offersPasskeys, readAccount } from '@/lib/account/read';
import { getVisitor, requireUser, type User, type Visitor } from '@/lib/cognito';
import { pageMetadata } from '@/lib/page-metadata';
import styles from './account.module.css';
import { ProfileForm } from './account-form';

export const metadata = pageMetadata('/account');

/** The user’s profile, how they sign in, since when, and the ways to sign out. */
export default async function AccountPage() {
  const user = await requireUser();
  const visitor = await getVisitor();
  const name = user.name ?? user.username;
  const [account, passkeys] = await Promise.all([readAccount(), offersPasskeys(user)]);
  return (
    <PageShell path="/account">
      <div className={styles.head}>
        <Avatar user={user} large />
        <div>
          <h1>{name}</h1>
          {name === user.username ? null : <p>{user.username}</p>}
        </div>
      </div>
      {account.problem ? (
        <p className={form.notice} role="status">
          {account.problem}
        </p>
      ) : null}
      <div className={styles.cards}>
        <section className="card" aria-labelledby="profile">
          <h2 id="profile">Profile</h2>
          <ProfileForm user={user} account={account} />
        </section>
        <section className="card" aria-labelledby="sign-in">
          <h2 id="sign-in">Sign-in</h2>
          <dl className={styles.list}>
            <dt>Email address</dt>
            <dd>
              <Email user={user} /> <a href="/account/email">Change</a>
            </dd>
            <dt>Phone number</dt>
            <dd>
              {account.attributes?.get('phone_number') ?? 'None'}{' '}
              <a href="/account/phone">Change</a>
            </dd>
            <dt>Groups</dt>
            <dd>{user.groups.length > 0 ? user.groups.join(', ') : 'None'}</dd>
            {isFederated(user) ? (
              <>
                <dt>Signed in with</dt>
                <dd>{providerOf(user)}, which manages your password and second factor</dd>
              </>
            ) : (
              <>
                <dt>Password</dt>
                <dd>
                  <a href="/account/password">Change password</a>
                </dd>
                <dt>Two-factor</dt>
                <dd>
                  {account.twoFactor === undefined ? null : account.twoFactor ? 'On. ' : 'Off. '}
                  <a href="/account/two-factor">Change</a>
                </dd>
                {passkeys ? (
                  <>
                    <dt>Passkeys</dt>
                    <dd>
                      <a href="/account/passkeys">Add or delete passkeys</a>
                    </dd>
                  </>
                ) : null}
              </>
            )}
          </dl>
        </section>
        <section className="card" aria-labelledby="session">
          <h2 id="session">Your session</h2>
          {visitor.state === 'signed-in' ? <Times visitor={visitor} /> : null}
          <div className="actions">
            <SignOutButton />
            <SignOutButton everywhere />
          </div>
          <p className={styles.hint}>
            “Sign out everywhere” can take up to an hour to reach other devices.
          </p>
          <p>
            <a href="/account/delete" className={styles.delete}>
              Delete your account
            </a>
          </p>
        </section>
      </div>
    </PageShell>
  );
}

/** In words, because the server doesn't know the visitor's time zone. */
function Times({ visitor }: { visitor: Visitor & { state: 'signed-in' } }) {
  const now = Date.now() / 1000;
  const { issuedAt } = visitor.lifetimes.refresh;
  return (
    <dl className={styles.list}>
      <dt>Signed in</dt>
      <dd>
        <time dateTime={iso(issuedAt)}>{ago(now - issuedAt)}</time>
      </dd>
      <dt>Ends</dt>
      <dd>
        <time dateTime={iso(visitor.endsAt)}>in {timeLeft(visitor.endsAt, now)}</time>
        {visitor.endsBy === 'idle' ? ' if you are inactive' : ''}
      </dd>
    </dl>
  );
}

function ago(seconds: number): string {
  return seconds < 1 ? 'just now' : `${timeLeft(seconds, 0)} ago`;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function Email({ user: { email, emailVerified } }: { user: User }) {
  if (email === undefined) return 'None';
  return (
    <>
      {email}{' '}
      <span className={emailVerified ? 'tag' : `tag ${styles.unverified}`}>
        {emailVerified ? 'verified' : 'not verified'}
      </span>
    </>
  );
}
