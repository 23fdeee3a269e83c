import { getSite } from '@/lib/cognito';

/**
 * Alive: this process answers. Whoever restarts processes asks here; whoever sends it requests asks
 * `/healthz/ready`. It says nothing of the environment and asks no user pool: its outage is no
 * reason to restart or to leave out a site that still serves whom it can.
 */
export function GET(): Response {
  const body = { status: 'alive', ready: getSite().ok };
  return Response.json(body, { headers: { 'Cache-Control': 'private, no-store' } });
}
