import { requireUser } from '@/lib/cognito';
import { NotePage, type Props } from '@/lib/notes/page';

export default async function Page({ searchParams }: Props) {
  await requireUser();
  return <NotePage path="/note" searchParams={searchParams} />;
}
