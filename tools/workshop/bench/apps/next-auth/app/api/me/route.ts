import { auth } from '../../../auth';

export async function GET() {
  const session = await auth();
  const email = session?.user?.email;
  return email ? Response.json({ email }) : new Response(null, { status: 401 });
}
