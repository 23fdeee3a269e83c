import { access } from '@/lib/access';
import { Forbidden } from '../_components/forbidden';
import { PageShell } from '../_components/page-shell';
import { refusal } from '../_components/reference';

/** Its title, and its line in the log. */
export async function generateMetadata({ searchParams }: PageProps<'/forbidden'>) {
  const group = await groupOf(searchParams);
  const why = `not in the group ${group ?? 'that was asked for'}`;
  return refusal('Not for your account', { type: 'denied', status: 403, why });
}

/** The 403 page in plain HTML: the middleware shows it in place of a page of a group. */
export default async function ForbiddenPage({ searchParams }: PageProps<'/forbidden'>) {
  return (
    <PageShell>
      <Forbidden group={await groupOf(searchParams)} />
    </PageShell>
  );
}

/** The query is anybody's: only a group that a page asks for is named. */
async function groupOf(query: PageProps<'/forbidden'>['searchParams']) {
  const { group } = await query;
  return Object.values(access.groupPages).find((name) => name === group);
}
