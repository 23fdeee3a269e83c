import { CompactSign, exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { type AppClient, createAppClient } from '@/lib/cognito/protocol/app-client';
import { PATIENCE } from '@/lib/cognito/protocol/circuit-breaker';
import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import { accessTokenHash, randomToken } from '@/lib/cognito/protocol/pkce';
import type { Attempt } from '@/lib/cognito/protocol/sign-in';
import type { TokenSet } from '@/lib/cognito/protocol/tokens';
import type { Fetch } from '@/lib/cognito/protocol/wire';
import { createAttemptStore, type Purpose } from '@/lib/cognito/session/attempts';
import { type Jar, openJar } from '@/lib/cognito/session/cookies';
import type { Session } from '@/lib/cognito/session/session';

/** The time at which these tests start, in seconds since 1970. */
export const NOW = 1_800_000_000;

export const ENV = {
  COGNITO_REGION: 'us-west-2',
  COGNITO_USER_POOL_ID: 'us-west-2_AbCdEfGhI',
  COGNITO_DOMAIN: 'my-app',
  COGNITO_CLIENT_ID: '1example23456789abcdefghij',
  COGNITO_CLIENT_SECRET: 'the-secret-of-the-app-client',
  COGNITO_REDIRECT_URI: 'https://example.com/login',
  SESSION_SECRET: 'tests-only:Zk3vQ9wL7Tx2Bn8Yd5Hm4Jc6Pf1Gs0',
};

/** Two more session secrets. */
export const OTHER_SECRET = 'tests-only:Hc6Jx1Vb8Nq3Mw0Es5Rt9Yu2Ki7Lo4';
export const NEWER_SECRET = 'tests-only:Bg5Fd2Sa9Pz6Xk1Cv4Mn8Qw3Et7Yu0';

export function config(env: Record<string, string> = {}): CognitoConfig {
  const parsed = parseConfig({ ...ENV, ...env });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

export interface Recorded {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A simulated user pool that returns the responses of a test and records the requests. */
export interface FakePool {
  readonly client: AppClient;
  readonly requests: Recorded[];
  /** Seconds since 1970; set it to move the clock. */
  now: number;
  /** The response of the token endpoint, revocation and the API; throw to simulate an outage. */
  answer: () => Response | Promise<Response>;
  /** How the client waits: not at all between two attempts, and forever for a slow response. */
  wait: (milliseconds: number) => Promise<void>;
  /** The response of the JWKS endpoint. */
  keys: () => Response | Promise<Response>;
  calls(path: string): number;
}

export async function fakePool(env: Record<string, string> = {}): Promise<FakePool> {
  const jwks = await publicKeys();
  const requests: Recorded[] = [];
  const fetch: Fetch = async (url, init) => {
    requests.push({ url, headers: new Headers(init?.headers), body: String(init?.body ?? '') });
    return url.endsWith('/jwks.json') ? pool.keys() : pool.answer();
  };
  const pool: FakePool = {
    client: createAppClient(config(env), {
      fetch,
      now: () => pool.now,
      wait: (ms) => pool.wait(ms),
    }),
    requests,
    now: NOW,
    wait: (ms) => (ms < PATIENCE * 1000 ? Promise.resolve() : new Promise(() => {})),
    answer: () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
    keys: () => Response.json(jwks),
    calls: (path) => requests.filter((request) => new URL(request.url).pathname === path).length,
  };
  return pool;
}

const keyPairs = new Map<string, ReturnType<typeof generateKeyPair>>();

export function keyPair(kid: string, alg = 'RS256') {
  const known = keyPairs.get(`${alg} ${kid}`) ?? generateKeyPair(alg, { extractable: true });
  keyPairs.set(`${alg} ${kid}`, known);
  return known;
}

export async function publicKeys(kids = ['key-of-id', 'key-of-access']): Promise<JSONWebKeySet> {
  const keys = kids.map(async (kid) => ({
    ...(await exportJWK((await keyPair(kid)).publicKey)),
    kid,
    alg: 'RS256',
    use: 'sig',
  }));
  return { keys: await Promise.all(keys) };
}

/** Signs any payload with any header, by default like Cognito. */
export async function sign(
  payload: object,
  header: Record<string, unknown> & { kid?: string; alg?: string } = {},
): Promise<string> {
  const { alg = 'RS256', kid = 'key-of-id', ...more } = header;
  const { privateKey } = await keyPair(kid, alg);
  const text = JSON.stringify(payload).replaceAll('/', '\\/');
  return new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ kid, alg, ...more })
    .sign(privateKey);
}

export const ISSUER = 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbCdEfGhI';

export function accessClaims(iat = NOW): Record<string, unknown> {
  return {
    sub: '34c84488-e0e1-70ae-d2ee-991ad1a898c8',
    'cognito:groups': ['admin'],
    iss: ISSUER,
    version: 2,
    client_id: ENV.COGNITO_CLIENT_ID,
    origin_jti: 'a38c3f12-5c53-4f06-a825-5aa88aadd7ed',
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin phone openid profile email',
    auth_time: iat,
    exp: iat + 3600,
    iat,
    jti: '37d38f02-2fa5-474e-bdc6-fcbeffe7a064',
    username: 'alice',
  };
}

export function idClaims(iat = NOW): Record<string, unknown> {
  return {
    sub: '34c84488-e0e1-70ae-d2ee-991ad1a898c8',
    'cognito:groups': ['admin'],
    email_verified: true,
    iss: ISSUER,
    'cognito:username': 'alice',
    nonce: 'the-nonce',
    origin_jti: 'a38c3f12-5c53-4f06-a825-5aa88aadd7ed',
    aud: ENV.COGNITO_CLIENT_ID,
    event_id: '5f1c3f12-5c53-4f06-a825-5aa88aadd7ed',
    token_use: 'id',
    auth_time: iat,
    exp: iat + 3600,
    iat,
    jti: 'c1d38f02-2fa5-474e-bdc6-fcbeffe7a064',
    email: 'alice@example.com',
  };
}

/** A refresh token with the length of a real one, in five parts: a header and encrypted parts. */
export const REFRESH_TOKEN = [
  btoa('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').replaceAll('=', ''),
  ...[256, 12, 954, 16].map((bytes) => randomToken(bytes)),
].join('.');

/** Creates both tokens of a sign-in, bound by `at_hash`, with the changed claims of a test. */
export async function mintTokens(
  change: { id?: object; access?: object; iat?: number } = {},
): Promise<TokenSet> {
  const iat = change.iat ?? NOW;
  const accessToken = await sign(
    { ...accessClaims(iat), ...change.access },
    { kid: 'key-of-access' },
  );
  const at_hash = await accessTokenHash(accessToken);
  const idToken = await sign({ at_hash, ...idClaims(iat), ...change.id });
  return { idToken, accessToken, refreshToken: REFRESH_TOKEN };
}

export async function mintSession(change: Parameters<typeof mintTokens>[0] = {}): Promise<Session> {
  const at = change.iat ?? NOW;
  return { ...(await mintTokens(change)), signedInAt: at, receivedAt: at };
}

/** The token endpoint's response with these tokens. */
export function tokenAnswer(tokens: Partial<TokenSet>): Response {
  return Response.json({
    id_token: tokens.idToken,
    access_token: tokens.accessToken,
    ...(tokens.refreshToken ? { refresh_token: tokens.refreshToken } : {}),
    expires_in: 3600,
    token_type: 'Bearer',
  });
}

/** A browser: it creates a jar for each request, and applies the cookies of the response. */
export function browser(cookies = new Map<string, string>()) {
  const source = {
    get: (name: string) => {
      const value = cookies.get(name);
      return value === undefined ? undefined : { value };
    },
    getAll: () => [...cookies.keys()].map((name) => ({ name })),
  };
  return {
    cookies,
    jar: (): Jar => openJar(source),
    receive(jar: Jar) {
      for (const { name, value, maxAge } of jar.written) {
        if (maxAge === 0) cookies.delete(name);
        else cookies.set(name, value);
      }
    },
  };
}

/** A sign-in attempt of a new browser. */
export async function startAttempt(
  site: CognitoConfig = config(),
  purpose: Partial<Purpose> = {},
): Promise<Attempt> {
  const store = createAttemptStore(site, () => NOW);
  return await store.start(browser().jar(), { returnTo: '/', ...purpose });
}

/** Returns the code and detail of the CognitoError that a promise rejects with. */
export async function failure(work: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    return error.detail === undefined ? error.code : `${error.code}: ${error.detail}`;
  }
  throw new Error('Nothing was thrown');
}
