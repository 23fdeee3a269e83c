import { connection } from 'next/server';
import { OpenText } from '@/shared/pages';

/** The public page. It is rendered for each request, like the private page. */
export default async function OpenPage() {
  await connection();
  return <OpenText />;
}
