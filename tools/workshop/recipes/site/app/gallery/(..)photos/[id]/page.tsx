import { PageShell } from '@/app/_components/page-shell';
import { requireUser } from '@/lib/cognito';

/** What `/photos/…` shows when it is opened from the gallery. */
export default async function PhotoInGallery({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  const { id } = await params;
  return (
    <PageShell path="/gallery">
      <h1>Photo {id} in the gallery</h1>
    </PageShell>
  );
}
