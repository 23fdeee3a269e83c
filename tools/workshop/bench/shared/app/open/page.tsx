import { connection } from 'next/server';
import { OpenText } from '@/shared/pages';

/** For anybody. Rendered for each request, as the private page is. */
export default async function OpenPage() {
  await connection();
  return <OpenText />;
}
