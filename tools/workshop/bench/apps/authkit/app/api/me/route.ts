import { withAuth } from '@workos-inc/authkit-nextjs';

export async function GET() {
  const { user } = await withAuth();
  return user ? Response.json({ email: user.email }) : new Response(null, { status: 401 });
}
