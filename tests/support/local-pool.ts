/**
 * The local pool's test kit, set up for this site: it knows how the site seals a session. Import it
 * from here, so that `signInAs(…, { directly: true })` works.
 */
import {
  startLocalPool as start,
  type TestPool,
  type TestPoolOptions,
} from '@/lib/local-pool/src/testing';
import { sealSession } from './seal-session';

export { createJar, type Jar } from '@/lib/local-pool/src/testing';

/**
 * Starts a local pool for a test of this site.
 *
 * @param options the users, the site's origin, and any setting of the pool
 */
export async function startLocalPool(options: TestPoolOptions = {}): Promise<TestPool> {
  return await start({ seal: sealSession, ...options });
}
