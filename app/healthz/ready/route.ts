import { getSite } from '@/lib/cognito';

/** Readiness check: 200 if the settings are complete and valid, else 503. */
export function GET(): Response {
  const { ok } = getSite();
  return Response.json(
    { status: ok ? 'ready' : 'not_ready' },
    { status: ok ? 200 : 503, headers: { 'Cache-Control': 'private, no-store' } },
  );
}
