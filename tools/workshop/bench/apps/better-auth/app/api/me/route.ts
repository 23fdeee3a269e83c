import { headers } from 'next/headers';
import { auth } from '../../../auth';

export async function GET() {
  const session = await auth.api.getSession({ headers: await headers() });
  const email = session?.user.email;
  return email ? Response.json({ email }) : new Response(null, { status: 401 });
}
