import { randomBytes } from 'node:crypto';
import { domainCookie, readCookie } from '../cookies';
import type { HostedSession, PoolState } from '../state';
import type { Account } from '../users';

/** One hour from the interactive sign-in, never renewed, not configurable (facts, section 2). */
const SESSION_SECONDS = 3600;

/**
 * Who this browser is, by its `cognito` cookie. Reading a session never prolongs it.
 *
 * @param pool the pool
 * @param request the browser's request
 * @returns the account, the time of the sign-in and where it was, or null
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
 * Begins a session after a password was given, or a provider has answered.
 *
 * @param pool the pool
 * @param account who signed in
 * @param provider the external provider's name, if it was one
 * @returns the session, and the `Set-Cookie` that carries it
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
  // The form of a recorded one; the content is opaque there and random here.
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
 * @returns the `Set-Cookie` that removes the cookie
 */
export function endHostedSession(pool: PoolState, request: Request): string {
  pool.sessions.delete(readCookie(request, 'cognito') ?? '');
  return domainCookie(pool, 'cognito', '""', '; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
}
