import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import { PrivateText } from '@/shared/pages';
import { auth } from '../../auth';

export default async function MePage() {
  await connection();
  const session = await auth();
  if (!session?.user?.email) redirect('/api/auth/signin');
  return <PrivateText email={session.user.email} />;
}
