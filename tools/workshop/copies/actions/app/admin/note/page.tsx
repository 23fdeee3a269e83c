import { requireGroup } from '@/lib/cognito';
import { NotePage, type Props } from '@/lib/notes/page';

export default async function Page({ searchParams }: Props) {
  await requireGroup('admin');
  return <NotePage path="/admin/note" searchParams={searchParams} />;
}
