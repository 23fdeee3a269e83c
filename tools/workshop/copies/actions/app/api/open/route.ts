import { authenticate } from '@/lib/cognito';

const HEADERS = {
  'Access-Control-Allow-Origin': 'http://127.0.0.1',
  'Access-Control-Allow-Headers': 'authorization',
};

/** For clients of another origin, with a bearer token. */
export function OPTIONS(): Response {
  return new Response(null, { status: 204, headers: HEADERS });
}

export async function GET(request: Request): Promise<Response> {
  const caller = await authenticate(request);
  return caller.ok
    ? Response.json({ sub: caller.claims.sub }, { headers: HEADERS })
    : caller.response;
}
