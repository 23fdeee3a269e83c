import { randomBytes } from 'node:crypto';
import { domainCookie, readCookie } from '../cookies';
import type { HostedSession, PoolState } from '../state';
import type { Account } from '../users';

/** One hour from the interactive sign-in; never extended, not configurable (facts, section 2). */
const SESSION_SECONDS = 3600;

/**
 * Reads the session of the browser's `cognito` cookie. This never extends it.
 *
 * @param pool the pool
 * @param request the browser's request
 * @returns the account, when and where the user signed in, or null
 */
export function readHostedSession(
  pool: PoolState,
  request: Request,
): { account: Account; authTime: number; provider: string } | null {
  const session = pool.sessions.get(readCookie(request, 'cognito') ?? '');
  if (!session || pool.now() >= session.expiresAt) return null;
  const account = pool.users.find(session.username);
  const { authTime, provider } = session;
  return account?.enabled ? { account, authTime, provider } : null;
}

/**
 * Starts a session after a sign-in with a password or at a provider.
 *
 * @param pool the pool
 * @param account the user who signed in
 * @param provider the external provider's name; default: `COGNITO`
 * @returns the session, and the `Set-Cookie` header for it
 */
export function beginHostedSession(
  pool: PoolState,
  account: Account,
  provider = 'COGNITO',
): { session: HostedSession; cookie: string } {
  const authTime = pool.now();
  const session = {
    username: account.username,
    authTime,
    expiresAt: authTime + SESSION_SECONDS,
    provider,
  };
  // The format of a recorded cookie. Cognito's content is opaque; ours is random.
  const value = `${randomBytes(48).toString('base64url')}.${randomBytes(24).toString('base64url')}.3`;
  pool.sessions.set(value, session);
  const life = `; Version=1; Max-Age=${SESSION_SECONDS}`;
  return { session, cookie: domainCookie(pool, 'cognito', `"${value}"`, life) };
}

/**
 * Ends the browser's session.
 *
 * @param pool the pool
 * @param request the browser's request
 * @returns the `Set-Cookie` header that deletes the cookie
 */
export function endHostedSession(pool: PoolState, request: Request): string {
  pool.sessions.delete(readCookie(request, 'cognito') ?? '');
  return domainCookie(pool, 'cognito', '""', '; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
}
