import { PageShell } from '@/app/_components/page-shell';
import { requireGroup } from '@/lib/cognito';

/** Not in `groupPages`, and below a `loading.tsx`. */
export default async function PayrollPage() {
  const user = await requireGroup('staff');
  return (
    <PageShell path="/payroll">
      <h1>Payroll of {user.username}</h1>
    </PageShell>
  );
}
