import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import { PrivateText } from '@/shared/pages';
import { auth0 } from '../../lib/auth0';

export default async function MePage() {
  await connection();
  const session = await auth0.getSession();
  if (!session?.user.email) redirect('/auth/login');
  return <PrivateText email={session.user.email} />;
}
