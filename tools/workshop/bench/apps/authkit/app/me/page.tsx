import { withAuth } from '@workos-inc/authkit-nextjs';
import { connection } from 'next/server';
import { PrivateText } from '@/shared/pages';

export default async function MePage() {
  await connection();
  const { user } = await withAuth({ ensureSignedIn: true });
  return <PrivateText email={user.email} />;
}
