import { requireUser } from '@/lib/cognito';
import { getOrders } from '@/lib/orders';

export default async function HistoryPage() {
  await requireUser();
  return <pre>{JSON.stringify(await getOrders())}</pre>;
}
