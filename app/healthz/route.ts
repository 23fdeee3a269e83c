import { getSite } from '@/lib/cognito';

/**
 * Liveness check: this process responds. Use it to decide on restarts; to decide whether to route
 * requests here, use `/healthz/ready`. It discloses no settings and doesn't call the user pool: an outage
 * of Cognito is no reason to restart a site, or to take it out of rotation.
 */
export function GET(): Response {
  const body = { status: 'alive', ready: getSite().ok };
  return Response.json(body, { headers: { 'Cache-Control': 'private, no-store' } });
}
