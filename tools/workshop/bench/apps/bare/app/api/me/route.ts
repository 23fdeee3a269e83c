import { connection } from 'next/server';

/** Looks like the private API, but doesn't check anything. */
export async function GET() {
  await connection();
  return Response.json({ email: 'alice@example.com' });
}
