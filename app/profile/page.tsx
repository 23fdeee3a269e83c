import { PageShell } from '@/app/_components/page-shell';
import { PersonHead } from '@/app/_components/person-head';
import { SignOutButton } from '@/app/_components/user-menu';
import { getVisitor, requireUser } from '@/lib/cognito';
import { pageMetadata } from '@/lib/page-metadata';
import styles from './profile.module.css';
import { Claims } from './tokens/claims';
import { RefreshedNotice, RefreshNow } from './tokens/refresh-now';
import { TokenLifetimes } from './tokens/token-lifetimes';
import { TryApi } from './tokens/try-api';

export const metadata = pageMetadata('/profile');

/** The user's verified claims, when their tokens expire, and an API to try. */
export default async function ProfilePage() {
  const user = await requireUser();
  const visitor = await getVisitor();
  return (
    <PageShell path="/profile">
      <div className={styles.page}>
        <PersonHead user={user} />
        <section aria-labelledby="token-lifetimes">
          <RefreshedNotice path="/profile" />
          <h2 id="token-lifetimes">Your three tokens</h2>
          {visitor.state === 'signed-in' ? (
            <TokenLifetimes lifetimes={visitor.lifetimes} now={Date.now() / 1000} />
          ) : null}
          <div className="actions">
            <RefreshNow />
            <a className="button quiet" href="/sensitive">
              Open a sensitive page
            </a>
            <SignOutButton everywhere />
          </div>
        </section>
        <section aria-labelledby="try">
          <h2 id="try">Try the API</h2>
          <p className={styles.text}>
            <a href="/api/me">/api/me</a> returns your verified claims as JSON. Without a session it
            returns 401 instead of a redirect, so that programs can handle it.
          </p>
          <TryApi path="/api/me" />
        </section>
        <Claims claims={user.claims} />
      </div>
    </PageShell>
  );
}
