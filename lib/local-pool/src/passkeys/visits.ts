import { randomBytes } from 'node:crypto';
import type { PoolState } from '../state';
import type { Account } from '../users';
import type { PasskeyVisit } from './passkey';

/** As long as a challenge. */
const VISIT_SECONDS = 300;

/**
 * Admits a user to a page that uses a passkey. The page may be on another host than the pool's
 * cookies, so a ticket in its URL says who it is.
 *
 * @param pool the pool
 * @param visit the user, and where they go afterwards
 * @returns the ticket
 */
export function beginPasskeyVisit(
  pool: PoolState,
  visit: Omit<PasskeyVisit, 'expiresAt' | 'passed'>,
): string {
  const ticket = randomBytes(32).toString('base64url');
  const expiresAt = pool.now() + VISIT_SECONDS;
  pool.passkeyVisits.set(ticket, { ...visit, expiresAt, passed: false });
  return ticket;
}

/**
 * The visit of a ticket.
 *
 * @param pool the pool
 * @param ticket from the URL
 * @param purpose of the page
 * @returns undefined if it has expired, or the user is gone
 */
export function findPasskeyVisit(
  pool: PoolState,
  ticket: string,
  purpose: PasskeyVisit['purpose'],
): { visit: PasskeyVisit; account: Account } | undefined {
  const visit = pool.passkeyVisits.get(ticket);
  if (visit?.purpose !== purpose || pool.now() >= visit.expiresAt) return undefined;
  const account = pool.users.find(visit.username);
  return account?.enabled ? { visit, account } : undefined;
}
