import { getSite } from '@/lib/cognito';

/** Ready: the settings are whole, so that people may be sent here; 503 until they are. */
export function GET(): Response {
  const { ok } = getSite();
  return Response.json(
    { status: ok ? 'ready' : 'not_ready' },
    { status: ok ? 200 : 503, headers: { 'Cache-Control': 'private, no-store' } },
  );
}
