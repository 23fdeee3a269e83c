import { Avatar } from '@/app/_components/avatar';
import { PageShell } from '@/app/_components/page-shell';
import { SignOutButton } from '@/app/_components/sign-out-button';
import { timeLeft } from '@/app/_components/time';
import { getVisitor, requireUser, type User, type Visitor } from '@/lib/cognito';
import { pageMetadata } from '@/lib/page-metadata';
import styles from './account.module.css';

export const metadata = pageMetadata('/account');

/** Who is signed in, since when, and the ways to sign out. */
export default async function AccountPage() {
  const user = await requireUser();
  const visitor = await getVisitor();
  const name = user.name ?? user.username;
  return (
    <PageShell path="/account">
      <div className={styles.head}>
        <Avatar user={user} large />
        <div>
          <h1>{name}</h1>
          {name === user.username ? null : <p>{user.username}</p>}
        </div>
      </div>
      <div className={styles.cards}>
        <section className="card" aria-labelledby="you">
          <h2 id="you">You</h2>
          <dl className={styles.list}>
            <dt>Email address</dt>
            <dd>
              <Email user={user} />
            </dd>
            <dt>Groups</dt>
            <dd>{user.groups.length > 0 ? user.groups.join(', ') : 'None'}</dd>
          </dl>
        </section>
        <section className="card" aria-labelledby="session">
          <h2 id="session">Your session</h2>
          {visitor.state === 'signed-in' ? <Times visitor={visitor} /> : null}
          <div className="actions">
            <SignOutButton />
            <SignOutButton everywhere label="Sign out on all devices" />
          </div>
          <p className={styles.hint}>
            Other devices stay signed in until their tokens expire, which takes up to an hour.
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
        <time dateTime={iso(issuedAt)}>{timeLeft(now, issuedAt)} ago</time>
      </dd>
      <dt>Ends</dt>
      <dd>
        <time dateTime={iso(visitor.endsAt)}>in {timeLeft(visitor.endsAt, now)}</time>
        {visitor.endsBy === 'idle' ? ' if you are inactive' : ''}
      </dd>
    </dl>
  );
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
