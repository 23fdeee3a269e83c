import type { Metadata } from 'next';
import { PageShell } from '@/app/_components/page-shell';
import { requireGroup } from '@/lib/cognito';
import styles from './admin.module.css';

export const metadata: Metadata = { title: 'Admin' };

/** For members of the group `admin`. Other signed-in users get a 403. */
export default async function AdminPage() {
  const user = await requireGroup('admin');
  return (
    <PageShell path="/admin">
      <h1>Admin</h1>
      <p className="lead">
        You can open this page because <strong>{user.username}</strong> is a member of the group{' '}
        <code>admin</code>. Other signed-in users get a 403 page that names the group.
      </p>
      <div className={styles.columns}>
        <section aria-labelledby="what">
          <h2 id="what">What the group means</h2>
          <p>
            Cognito lists your groups in the <code>cognito:groups</code> claim of the ID token and
            the access token. This page calls <code>requireGroup</code> to check for one of them.
            When your groups change in the user pool, the site sees the change at the next refresh.
          </p>
        </section>
        <section aria-labelledby="next">
          <h2 id="next">What to try next</h2>
          <ul>
            <li>
              Sign out, then sign in as a user who isn’t in the group, such as <code>bob</code> in
              the local user pool. This page then returns 403.
            </li>
            <li>
              Find the group in <a href="/profile">your claims</a>.
            </li>
            <li>
              Open <a href="/sensitive">a sensitive page</a>. It requires a recent sign-in, even
              from you.
            </li>
          </ul>
        </section>
      </div>
      <section className={styles.empty} aria-labelledby="yours">
        <h2 id="yours">Nothing to administer yet</h2>
        <p>
          Add your own content to <code>app/admin/page.tsx</code>, or add pages below{' '}
          <code>/admin</code>. One line in <code>lib/access.ts</code> protects them all.
        </p>
      </section>
    </PageShell>
  );
}
