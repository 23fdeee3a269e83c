import { redirect } from 'next/navigation';
import { PageShell } from '@/app/_components/page-shell';

/** For anybody. */
async function send(form: FormData): Promise<void> {
  'use server';
  redirect(`/contact?sent=${encodeURIComponent(String(form.get('text')))}`);
}

export default async function ContactPage() {
  return (
    <PageShell path="/contact">
      <h1>Contact</h1>
      <form action={send}>
        <input name="text" aria-label="Message" />
        <button type="submit">Send</button>
      </form>
    </PageShell>
  );
}
