import { PageShell } from '@/app/_components/page-shell';
import { requireUser } from '@/lib/cognito';
import { planOf } from '@/lib/plan';

export default async function PlanPage() {
  const user = await requireUser();
  return (
    <PageShell path="/plan">
      <h1>The plan is {planOf(user)}</h1>
    </PageShell>
  );
}
