import { PageShell } from '@/app/_components/page-shell';
import { Forbidden, refusal } from '@/app/_components/refusal';
import { access } from '@/lib/access';

/** Sets the page's title and logs the refusal. */
export async function generateMetadata({ searchParams }: PageProps<'/forbidden'>) {
  const group = await groupOf(searchParams);
  const why = `not in the group ${group ?? 'that was asked for'}`;
  return refusal('Access denied', { type: 'denied', status: 403, why });
}

/** The 403 page in plain HTML. The middleware shows it in place of a page that requires a group. */
export default async function ForbiddenPage({ searchParams }: PageProps<'/forbidden'>) {
  return (
    <PageShell>
      <Forbidden group={await groupOf(searchParams)} />
    </PageShell>
  );
}

/** Anyone can write the query, so only a group that `lib/access.ts` lists is named. */
async function groupOf(query: PageProps<'/forbidden'>['searchParams']) {
  const { group } = await query;
  return Object.values(access.groupPages).find((name) => name === group);
}
