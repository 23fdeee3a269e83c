import type { Forger } from '../sessions';
import { mintTokens, startPool } from '../tokens';
import { createForger as createProjectForger } from './project';

/**
 * Makes the same cookies as for this project, for the site without sign-in. It does not read them: it takes the
 * user's claims from its environment.
 *
 * @param origin of the app
 */
export async function createForger(origin: string): Promise<Forger> {
  const forger = await createProjectForger(origin);
  const { pool, close } = await startPool(origin);
  const { idToken } = await mintTokens(pool);
  await close();
  const claims = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8');
  return { ...forger, environment: { ...forger.environment, BENCH_CLAIMS: claims } };
}
