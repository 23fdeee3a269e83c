import { connection } from 'next/server';
import { PrivateText } from '@/shared/pages';

/** Looks like a private page, and asks nobody. */
export default async function MePage() {
  await connection();
  return <PrivateText email="alice@example.com" />;
}
