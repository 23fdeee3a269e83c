/**
 * The local pool's test kit with the one thing that it cannot know: how this site seals a session.
 * Import it from here wherever somebody signs in directly.
 */
import {
  startLocalPool as start,
  type TestPool,
  type TestPoolOptions,
} from '@/lib/local-pool/src/testing';
import { sealSession } from './seal-session';

export { createJar, type Jar } from '@/lib/local-pool/src/testing';

/**
 * Starts a pool for a test of this site; `signInAs(…, { directly: true })` works with it.
 *
 * @param options the people, where the site is, and any setting of the pool
 */
export async function startLocalPool(options: TestPoolOptions = {}): Promise<TestPool> {
  return await start({ seal: sealSession, ...options });
}
