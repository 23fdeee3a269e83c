import { afterEach, inject } from 'vitest';
import { appClient } from '@/lib/local-pool/src/app-client';
import { createPoolKeys, type PoolKeys } from '@/lib/local-pool/src/keys';
import { type ServedPool, type ServeOptions, serveLocalPool } from '@/lib/local-pool/src/serve';
import { testUsers } from '@/lib/local-pool/src/testing/test-seeds';

/** The callback URL of the app clients. No server needs to listen there. */
export const CALLBACK = 'http://localhost:3000/callback';

const urls = { redirectUris: [CALLBACK], logoutUris: ['http://localhost:3000/'] };
/** The secret uses only characters that Cognito uses, so that encoding doesn't matter for the clients. */
export const CONFIDENTIAL = appClient({
  clientId: '3n4b5urk1ft4fl3mg5e62d9ado',
  clientSecret: '1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0t1u2v3w4x5y6z',
  ...urls,
});
export const PUBLIC = appClient({ clientId: '7a1public2c3d4e5f6g7h8i9j0', ...urls });

let keys: Promise<PoolKeys> | undefined;
let open: ServedPool[] = [];

afterEach(async () => {
  await Promise.all(open.map((served) => served.close()));
  open = [];
});

/**
 * Serves a pool for one test, over https with the certificate that this process trusts, on a free port.
 * It has a confidential and a public app client, and the users alice (group `admin`) and bob.
 *
 * @param options overrides of these settings
 * @param protocol `https` or `http`
 */
export async function servePool(
  options: ServeOptions = {},
  protocol: 'https' | 'http' = 'https',
): Promise<ServedPool> {
  keys ??= createPoolKeys();
  const served = await serveLocalPool({
    port: 0,
    ...(protocol === 'https' ? { tls: inject('certificate') } : {}),
    keys: await keys,
    clients: [CONFIDENTIAL, PUBLIC],
    users: testUsers(),
    ...options,
  });
  open.push(served);
  return served;
}
