import { PageShell } from '@/app/_components/page-shell';
import { CallApi } from '@/lib/notes/call-api';

/** A public page with the same client component. */
export default function OpenCallerPage() {
  return (
    <PageShell path="/open-caller">
      <h1>Open caller</h1>
      <CallApi />
    </PageShell>
  );
}
