import { connection } from 'next/server';
import { requireUser } from '@/lib/cognito';
import { PrivateText } from '@/shared/pages';

/** A private page as the README shows it. */
export default async function MePage() {
  await connection();
  const user = await requireUser();
  return <PrivateText email={user.email ?? ''} />;
}
