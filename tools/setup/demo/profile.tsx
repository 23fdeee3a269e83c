import { PageShell } from '@/app/_components/page-shell';
import { PersonHead } from '@/app/_components/person-head';
import { SignOutButton } from '@/app/_components/user-menu';
import { requireUser } from '@/lib/cognito';
import { pageMetadata } from '@/lib/page-metadata';

export const metadata = pageMetadata('/profile');

/** Who is signed in. Everything about the session is at `/account`. */
export default async function ProfilePage() {
  const user = await requireUser();
  return (
    <PageShell path="/profile">
      <PersonHead user={user} />
      <div className="actions">
        <a className="button" href="/notes">
          Open your notes
        </a>
        <a className="button quiet" href="/account">
          Your account
        </a>
        <SignOutButton everywhere />
      </div>
    </PageShell>
  );
}
