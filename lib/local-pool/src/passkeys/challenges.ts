import { randomBytes } from 'node:crypto';
import type { PoolState } from '../state';
import type { PasskeyChallenge } from './passkey';

/** Cognito's isn't documented. */
const CHALLENGE_SECONDS = 300;

/**
 * Starts a ceremony.
 *
 * @param pool the pool
 * @param ceremony what it is for
 * @returns the challenge, base64url
 */
export function newChallenge(
  pool: PoolState,
  ceremony: Omit<PasskeyChallenge, 'expiresAt'>,
): string {
  const challenge = randomBytes(32).toString('base64url');
  const expiresAt = pool.now() + CHALLENGE_SECONDS;
  pool.passkeyChallenges.set(challenge, { ...ceremony, expiresAt });
  return challenge;
}

/**
 * Takes the ceremony of a challenge, which works once.
 *
 * @param pool the pool
 * @param challenge from the browser's client data
 * @param ceremony its purpose and its user
 * @returns undefined if it has expired, never existed, or is another user's
 */
export function takeChallenge(
  pool: PoolState,
  challenge: string,
  { purpose, username }: Pick<PasskeyChallenge, 'purpose' | 'username'>,
): PasskeyChallenge | undefined {
  const found = pool.passkeyChallenges.get(challenge);
  if (found?.purpose !== purpose || found.username !== username) return undefined;
  pool.passkeyChallenges.delete(challenge);
  return pool.now() < found.expiresAt ? found : undefined;
}
