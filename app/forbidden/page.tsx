import type { Metadata } from 'next';
import { knownGroup } from '@/lib/cognito';
import { Forbidden } from '../_components/forbidden';

export const metadata: Metadata = { title: 'Not for your account' };

/** The 403 page in plain HTML: the middleware shows it in place of a page of a group. */
export default async function ForbiddenPage({ searchParams }: PageProps<'/forbidden'>) {
  const { group } = await searchParams;
  return <Forbidden group={knownGroup(typeof group === 'string' ? group : undefined)} />;
}
