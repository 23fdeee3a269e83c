import { authenticate } from '@/lib/cognito';

/** The caller's verified claims: from the bearer token if there is one, else from the session. */
export async function GET(request: Request): Promise<Response> {
  const caller = await authenticate(request);
  if (!caller.ok) return caller.response;
  return Response.json(caller.claims, { headers: { 'Cache-Control': 'private, no-store' } });
}
