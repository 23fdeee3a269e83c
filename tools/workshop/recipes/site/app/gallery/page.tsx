import Link from 'next/link';
import { PageShell } from '@/app/_components/page-shell';
import { requireUser } from '@/lib/cognito';

export default async function GalleryPage() {
  await requireUser();
  return (
    <PageShell path="/gallery">
      <h1>Gallery</h1>
      <Link href="/photos/1" prefetch={false}>
        The first photo
      </Link>
    </PageShell>
  );
}
