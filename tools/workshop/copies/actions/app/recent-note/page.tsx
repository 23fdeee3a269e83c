import { requireRecentSignIn } from '@/lib/cognito';
import { NotePage, type Props } from '@/lib/notes/page';

export default async function Page({ searchParams }: Props) {
  await requireRecentSignIn(300, '/recent-note');
  return <NotePage path="/recent-note" searchParams={searchParams} />;
}
