import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { sealData } from 'iron-session';
import type { LocalPool } from '../../../../lib/local-pool/src/pool';
import { EMAIL, type Forger } from '../sessions';
import { claimsOf, DAY, mintTokens, startPool } from '../tokens';

const PASSWORD = 'a password for the bench that is long enough';
const CLIENT_ID = 'client_01BENCH';

/** The WorkOS user in each session. */
const USER = {
  email: EMAIL,
  firstName: 'Alice',
  lastName: 'Archer',
  externalId: null,
  profilePictureUrl: null,
};

/**
 * Makes sessions of authkit-nextjs, sealed as in its `encryptSession`, with the iron-session that it depends on.
 * It keeps no ID token. In place of WorkOS, a local server serves the local pool's keys, and issues tokens for any
 * code or refresh token.
 *
 * @param origin of the app
 */
export async function createForger(origin: string): Promise<Forger> {
  const { pool, origin: poolOrigin, environment, close } = await startPool(origin);
  const service = await serve(pool, `${environment().COGNITO_ISSUER}/.well-known/jwks.json`);
  const seal = await ironSessionOfAuthkit();
  const forge = async (ago: number) => {
    const { accessToken, refreshToken } = await mintTokens(pool, ownClaims(), ago);
    const now = new Date().toISOString();
    const times = { lastSignInAt: now, createdAt: now, updatedAt: now };
    const user = {
      object: 'user',
      id: idIn(accessToken),
      ...USER,
      emailVerified: true,
      ...times,
      metadata: {},
    };
    const value = await seal({ accessToken, refreshToken, user }, { password: PASSWORD, ttl: 0 });
    return `wos-session=${value}`;
  };
  return {
    environment: {
      WORKOS_CLIENT_ID: CLIENT_ID,
      WORKOS_API_KEY: 'sk_test_bench',
      WORKOS_COOKIE_PASSWORD: PASSWORD,
      WORKOS_API_HOSTNAME: new URL(poolOrigin).hostname,
      WORKOS_API_PORT: String(service.port),
      WORKOS_API_HTTPS: 'false',
      SITE_REDIRECT_URI: `${origin}/callback`,
    },
    async close() {
      service.close();
      await close();
    },
    forge: () => forge(0),
    forgeExpired: () => forge(DAY + 100),
  };
}

/** authkit-nextjs refuses a user other than the token's. */
function idIn(accessToken: string): string {
  return String(claimsOf(accessToken).sub);
}

/** WorkOS's access tokens name their session. */
function ownClaims() {
  return { sid: `session_${randomUUID()}` };
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

/** Serves the key set and tokens, on loopback. */
async function serve(pool: LocalPool, address: string) {
  const keys = await (await pool.fetch(new Request(address))).text();
  const bodies: Readonly<Record<string, () => Promise<string>>> = {
    [`/sso/jwks/${CLIENT_ID}`]: async () => keys,
    '/user_management/authenticate': async () => JSON.stringify(await newTokens(pool)),
  };
  const server = createServer(async (request, response) => {
    const body = await bodies[request.url ?? '']?.();
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
    response.end(body ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: portOf(server.address()), close: () => server.close() };
}

/** What WorkOS's API returns for a code or a refresh token. */
async function newTokens(pool: LocalPool) {
  const { accessToken, refreshToken } = await mintTokens(pool, ownClaims());
  const now = new Date().toISOString();
  const { email, firstName, lastName } = USER;
  return {
    access_token: accessToken,
    refresh_token: refreshToken,
    authentication_method: 'Password',
    user: {
      object: 'user',
      id: idIn(accessToken),
      email,
      email_verified: true,
      first_name: firstName,
      last_name: lastName,
      profile_picture_url: null,
      external_id: null,
      last_sign_in_at: now,
      created_at: now,
      updated_at: now,
      metadata: {},
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
