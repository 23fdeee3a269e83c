import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { sealData } from 'iron-session';
import type { LocalPool } from '../../../../lib/local-pool/src/pool';
import { EMAIL, type Forger } from '../sessions';
import { claimsOf, mintTokens, startPool } from '../tokens';

const PASSWORD = 'a password for the bench that is long enough';
const CLIENT_ID = 'client_01BENCH';

/**
 * Makes sessions of authkit-nextjs, sealed as in its `encryptSession`, with the iron-session that it depends on.
 * It keeps no ID token. It fetches WorkOS's keys from a local server, which serves the local pool's keys.
 *
 * @param origin of the app
 */
export async function createForger(origin: string): Promise<Forger> {
  const { pool, origin: poolOrigin, environment, close } = await startPool(origin);
  const keys = await serveKeys(pool, `${environment().COGNITO_ISSUER}/.well-known/jwks.json`);
  const seal = await ironSessionOfAuthkit();
  return {
    environment: {
      WORKOS_CLIENT_ID: CLIENT_ID,
      WORKOS_API_KEY: 'sk_test_bench',
      WORKOS_COOKIE_PASSWORD: PASSWORD,
      WORKOS_API_HOSTNAME: new URL(poolOrigin).hostname,
      WORKOS_API_PORT: String(keys.port),
      WORKOS_API_HTTPS: 'false',
      SITE_REDIRECT_URI: `${origin}/callback`,
    },
    async close() {
      keys.close();
      await close();
    },
    async forge() {
      const more = { sid: `session_${randomUUID()}` };
      const { accessToken, refreshToken } = await mintTokens(pool, more);
      const now = new Date().toISOString();
      const user = {
        object: 'user',
        id: String(claimsOf(accessToken).sub),
        email: EMAIL,
        emailVerified: true,
        firstName: 'Alice',
        lastName: 'Archer',
        profilePictureUrl: null,
        lastSignInAt: now,
        externalId: null,
        createdAt: now,
        updatedAt: now,
        metadata: {},
      };
      const value = await seal({ accessToken, refreshToken, user }, { password: PASSWORD, ttl: 0 });
      return `wos-session=${value}`;
    },
  };
}

/** authkit-nextjs has its own version of iron-session, which must be able to open the seal. */
async function ironSessionOfAuthkit(): Promise<typeof sealData> {
  const require = createRequire(import.meta.resolve('@workos-inc/authkit-nextjs'));
  const file: unknown = await import(require.resolve('iron-session'));
  if (!hasSeal(file))
    throw new Error('The iron-session of authkit-nextjs does not export sealData.');
  return file.sealData;
}

function hasSeal(file: unknown): file is { sealData: typeof sealData } {
  return typeof file === 'object' && file !== null && 'sealData' in file;
}

/** Serves only the key set, on loopback. */
async function serveKeys(pool: LocalPool, address: string) {
  const body = await (await pool.fetch(new Request(address))).text();
  const server = createServer((request, response) => {
    const known = request.url === `/sso/jwks/${CLIENT_ID}`;
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(known ? body : '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: portOf(server.address()), close: () => server.close() };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
