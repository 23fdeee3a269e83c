import { revalidatePath } from 'next/cache';

export const dynamic = 'force-dynamic';

/** Makes Next render the static page again, as a host may do long after the build. A public file needs no settings. */
export function GET(): Response {
  revalidatePath('/privacy');
  return new Response('ok');
}
