import 'server-only';
import { cookies, headers } from 'next/headers';
import { getSite } from '@/lib/cognito';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import { verifyAccessToken, verifyIdToken } from '@/lib/cognito/protocol/verify';
import { requestKind } from '@/lib/cognito/request-kind';
import { openJar } from '@/lib/cognito/session/cookies';
import { tokenTime } from '@/lib/cognito/session/session';
import { verifySession } from '@/lib/cognito/session/session-status';
import { type Evidence, evidenceOf, type PageRequest } from './evidence-of';

export type { Evidence } from './evidence-of';

/**
 * The evidence of the visitor's own sign-in.
 *
 * @returns null if the visitor is signed out, or if the session can't be checked right now
 */
export async function flowEvidence(): Promise<Evidence | null> {
  const site = getSite();
  if (!site.ok) return null;
  const { client, sessions } = site;
  const found = await sessions.read(openJar(await cookies()));
  const status = found && (await verifySession(client, found));
  if (status?.state !== 'signed-in') return null;
  const { session, claims } = status;
  const now = client.now();
  const at = tokenTime(session, now);
  try {
    // Both are already verified. Verify each one again to measure how long it takes.
    const id = await timed(() => verifyIdToken(client, session.idToken, at));
    const access = await timed(() => verifyAccessToken(client, session.accessToken, at));
    return await evidenceOf({
      config: client.config,
      session,
      claims,
      milliseconds: { id, access },
      cookies: (await cookies()).getAll(),
      request: await pageRequest(),
      now,
    });
  } catch (error) {
    // A token expired, or the keys became unavailable, since the first verification.
    if (error instanceof CognitoError) return null;
    throw error;
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Next doesn't tell a page the request's method; a page is read with GET. */
async function pageRequest(): Promise<PageRequest> {
  const sent = await headers();
  const destination = sent.get('sec-fetch-dest');
  return {
    method: 'GET',
    ...(destination === null ? {} : { destination }),
    kind: requestKind({ method: 'GET', path: '/flow', headers: new Headers(sent) }),
  };
}
