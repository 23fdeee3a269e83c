import type { Metadata } from 'next';
import { requireGroup } from '@/lib/cognito';
import { PageShell } from '../_components/page-shell';

export const metadata: Metadata = { title: 'Admin' };

/** For members of the group `admin`; others who are signed in get a 403. */
export default async function AdminPage() {
  const user = await requireGroup('admin');
  return (
    <PageShell path="/admin">
      <h1>Admin</h1>
      <p className="lead">
        You see this page because <strong>{user.username}</strong> is a member of the group{' '}
        <code>admin</code>.
      </p>
      <p>
        The group stands in the verified claim <code>cognito:groups</code>. A change in the user
        pool arrives with the next refresh.
      </p>
    </PageShell>
  );
}
