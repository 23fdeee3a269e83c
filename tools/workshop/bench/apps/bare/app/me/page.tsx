import { connection } from 'next/server';
import { PrivateText } from '@/shared/pages';

/** Looks like the private page, but doesn't check anything. */
export default async function MePage() {
  await connection();
  return <PrivateText email="alice@example.com" />;
}
