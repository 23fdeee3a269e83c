import { sealData } from 'iron-session';
import { parseConfig } from '../../../../lib/cognito/config/parse-config';
import { emptySessionCache, type SessionCache } from '../../../../lib/cognito/memory/session-cache';
import { plainForm } from '../../../../lib/cognito/packing/pack';
import { type AppClient, createAppClient } from '../../../../lib/cognito/protocol/app-client';
import type { CognitoConfig } from '../../../../lib/cognito/protocol/cognito-config';
import { CognitoError } from '../../../../lib/cognito/protocol/errors';
import { verifyTokens } from '../../../../lib/cognito/protocol/verify';
import { cookieName, openJar } from '../../../../lib/cognito/session/cookies';
import { type Session, tokenTime } from '../../../../lib/cognito/session/session';
import { createSessionStore } from '../../../../lib/cognito/session/session-store';
import { REFERENCE_TIME } from '../../../../tests/support/reference-tokens';
import type { Tokens } from '../tokens';
import { CLIENT_ID, keySet } from './people';

/** Values of cookies by name, as a browser sends them. */
export type Cookies = ReadonlyMap<string, string>;

const NOW = REFERENCE_TIME + 10;

/** The state of one instance of the site: its app client, and the sessions that it has cached. */
export interface Instance {
  readonly client: AppClient;
  readonly memory: SessionCache;
}

/**
 * An instance that has not seen any session yet. Its user pool is a constant in this process.
 *
 * @param keys the number of keys that its user pool publishes
 */
export function newInstance(keys = 2): Instance {
  const set = JSON.stringify(keySet(keys));
  const fetch = async () => new Response(set);
  const client = createAppClient(configuration(), { fetch, now: () => NOW });
  return { client, memory: emptySessionCache() };
}

/**
 * Does what every page view does: reads the session and verifies its tokens.
 *
 * @param instance caches the session
 * @param cookies of the request
 * @returns null if the cookies contain no valid session
 */
export async function read(instance: Instance, cookies: Cookies): Promise<Session | null> {
  const { client, memory } = instance;
  const session = await createSessionStore(client.config, () => NOW, memory).read(jarOf(cookies));
  if (session) await verifyTokens(client, session, tokenTime(session, NOW));
  return session;
}

/**
 * Reads a session as if the instance had never seen it, each time.
 *
 * @param instance has its keys already; it does not cache the session
 * @param cookies of the request
 */
export async function readUnseen({ client }: Instance, cookies: Cookies): Promise<Session | null> {
  return await read({ client, memory: emptySessionCache() }, cookies);
}

/**
 * Seals tokens into cookies, which are different each time.
 *
 * @param tokens of a sign-in at `REFERENCE_TIME`
 * @returns the cookies; null if the session is too large for them
 */
export async function seal(tokens: Tokens): Promise<Cookies | null> {
  const jar = jarOf(new Map());
  const session = { ...tokens, signedInAt: REFERENCE_TIME, receivedAt: REFERENCE_TIME };
  try {
    await createSessionStore(configuration(), () => NOW).write(jar, session);
  } catch (error) {
    if (error instanceof CognitoError && error.code === 'session_too_large') return null;
    throw error;
  }
  return new Map(jar.written.map(({ name, value }) => [name, value]));
}

/**
 * Seals a session that is known to fit.
 *
 * @param tokens of a sign-in at `REFERENCE_TIME`
 * @throws Error if the session does not fit
 */
export async function sealSmall(tokens: Tokens): Promise<Cookies> {
  const cookies = await seal(tokens);
  if (!cookies) throw new Error('The session is too large.');
  return cookies;
}

/**
 * Seals the same tokens repeatedly, each time into a different cookie. To save time, it packs them only once.
 *
 * @param tokens of a usual session, which fits into one cookie
 * @returns a function that makes one sealed session
 */
export function createSealer(tokens: Tokens): () => Promise<Cookies> {
  const { sessionSecret: secret, sessionLifetime: ttl } = configuration();
  const password = typeof secret === 'string' ? secret : { ...secret };
  const plain = plainForm({ ...tokens, signedInAt: REFERENCE_TIME, receivedAt: REFERENCE_TIME });
  const name = cookieName(configuration(), 'session');
  return async () => new Map([[name, await sealData(plain, { password, ttl })]]);
}

function jarOf(cookies: Cookies) {
  return openJar({
    get: (name) => {
      const value = cookies.get(name);
      return value === undefined ? undefined : { value };
    },
    getAll: () => [...cookies.keys()].map((name) => ({ name })),
  });
}

let parsed: CognitoConfig | undefined;

function configuration(): CognitoConfig {
  parsed ??= parse();
  return parsed;
}

function parse(): CognitoConfig {
  const result = parseConfig({
    COGNITO_REGION: 'us-west-2',
    COGNITO_USER_POOL_ID: 'us-west-2_AbCdEfGhI',
    COGNITO_DOMAIN: 'my-app',
    COGNITO_CLIENT_ID: CLIENT_ID,
    COGNITO_REDIRECT_URI: 'https://example.com/login',
    SESSION_SECRET: 'tests-only:Pl0Ok7Ij4Uh1Yg8Tf5Rd2Es9Wa6Q',
  });
  if (!result.ok) throw new Error('The example configuration is wrong.');
  return result.config;
}
