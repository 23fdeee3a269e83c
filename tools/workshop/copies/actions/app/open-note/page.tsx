import { NotePage, type Props } from '@/lib/notes/page';

export default async function Page({ searchParams }: Props) {
  return <NotePage path="/open-note" searchParams={searchParams} />;
}
