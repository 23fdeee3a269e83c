import { PageShell } from '@/app/_components/page-shell';
import { requireUser } from '@/lib/cognito';
import { getOrders } from '@/lib/orders';

export default async function HistoryPage() {
  await requireUser();
  return (
    <PageShell path="/history">
      <h1>{JSON.stringify(await getOrders())}</h1>
    </PageShell>
  );
}
