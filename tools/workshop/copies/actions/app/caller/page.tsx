import { PageShell } from '@/app/_components/page-shell';
import { requireUser } from '@/lib/cognito';
import { CallApi } from '@/lib/notes/call-api';

/** A private page with a client component that calls this site's API. */
export default async function CallerPage() {
  await requireUser();
  return (
    <PageShell path="/caller">
      <h1>Caller</h1>
      <CallApi />
    </PageShell>
  );
}
