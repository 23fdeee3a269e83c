import { requireUser } from '@/lib/cognito';
import { planOf } from '@/lib/plan';

export default async function PlanPage() {
  return <p>The plan is {planOf(await requireUser())}</p>;
}
