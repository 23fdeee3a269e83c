import type { Metadata } from 'next';
import { requireGroup } from '@/lib/cognito';
import { PageShell } from '../_components/page-shell';
import styles from './admin.module.css';

export const metadata: Metadata = { title: 'Admin' };

/** For members of the group `admin`; others who are signed in get a 403. */
export default async function AdminPage() {
  const user = await requireGroup('admin');
  return (
    <PageShell path="/admin">
      <h1>Admin</h1>
      <p className="lead">
        You see this page because <strong>{user.username}</strong> is a member of the group{' '}
        <code>admin</code>. Others who are signed in get a 403 page that names it.
      </p>
      <div className={styles.columns}>
        <section aria-labelledby="what">
          <h2 id="what">What the group means</h2>
          <p>
            By itself a group opens nothing. Cognito puts the names of your groups into the claim{' '}
            <code>cognito:groups</code> of both signed tokens, and this page asks for one of them
            with <code>requireGroup</code>. A change in the user pool arrives with the next refresh.
          </p>
        </section>
        <section aria-labelledby="next">
          <h2 id="next">What to try next</h2>
          <ul>
            <li>
              Sign out and come back as somebody who is not in it, in the local pool as{' '}
              <code>bob</code>: this address answers 403.
            </li>
            <li>
              Look at <a href="/profile">your claims</a> and find the group there.
            </li>
            <li>
              Ask for <a href="/sensitive">a sensitive page</a>: it wants a fresh sign-in even from
              you.
            </li>
          </ul>
        </section>
      </div>
      <section className={styles.empty} aria-labelledby="yours">
        <h2 id="yours">Nothing to administer yet</h2>
        <p>
          This is where yours begins: add it to <code>app/admin/page.tsx</code>, or pages below{' '}
          <code>/admin</code>. The middleware guards them all by one line in{' '}
          <code>lib/access.ts</code>.
        </p>
      </section>
    </PageShell>
  );
}
