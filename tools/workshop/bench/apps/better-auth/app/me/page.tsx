import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import { PrivateText } from '@/shared/pages';
import { auth } from '../../auth';

export default async function MePage() {
  await connection();
  const session = await auth.api.getSession({ headers: await headers() });
  if (!session) redirect('/sign-in');
  return <PrivateText email={session.user.email} />;
}
