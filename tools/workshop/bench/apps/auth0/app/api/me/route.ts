import { auth0 } from '../../../lib/auth0';

export async function GET() {
  const session = await auth0.getSession();
  const email = session?.user.email;
  return email ? Response.json({ email }) : new Response(null, { status: 401 });
}
