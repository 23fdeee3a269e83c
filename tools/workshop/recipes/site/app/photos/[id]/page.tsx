import { PageShell } from '@/app/_components/page-shell';
import { requireUser } from '@/lib/cognito';

export default async function PhotoPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser();
  const { id } = await params;
  return (
    <PageShell path="/photos">
      <h1>
        Photo {id} of {user.username}
      </h1>
    </PageShell>
  );
}
