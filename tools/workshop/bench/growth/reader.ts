import { sealData } from 'iron-session';
import { parseConfig } from '../../../../lib/cognito/config/parse-config';
import { type AppClient, createAppClient } from '../../../../lib/cognito/protocol/app-client';
import type { CognitoConfig } from '../../../../lib/cognito/protocol/cognito-config';
import { CognitoError } from '../../../../lib/cognito/protocol/errors';
import { verifyTokens } from '../../../../lib/cognito/protocol/verify';
import { cookieName, openJar } from '../../../../lib/cognito/session/cookies';
import { type Session, tokenTime } from '../../../../lib/cognito/session/session';
import {
  emptySessionCache,
  type SessionCache,
} from '../../../../lib/cognito/session/session-cache';
import { createSessionStore, plainForm } from '../../../../lib/cognito/session/session-store';
import { REFERENCE_TIME } from '../../../../tests/support/reference-tokens';
import type { Tokens } from '../tokens';
import { CLIENT_ID, keySet } from './people';

/** Cookies by name, as a browser sends them. */
export type Cookies = ReadonlyMap<string, string>;

const NOW = REFERENCE_TIME + 10;

/** What an instance of the site has: its app client, and the sessions that it remembers. */
export interface Instance {
  readonly client: AppClient;
  readonly memory: SessionCache;
}

/**
 * An instance that has remembered nothing yet. Its pool is a constant in this process.
 *
 * @param keys how many its pool's key set has
 */
export function newInstance(keys = 2): Instance {
  const set = JSON.stringify(keySet(keys));
  const fetch = async () => new Response(set);
  const client = createAppClient(configuration(), { fetch, now: () => NOW });
  return { client, memory: emptySessionCache() };
}

/**
 * What every view does for its session: read it, and verify its tokens.
 *
 * @param instance remembers it
 * @param cookies of the request
 * @returns null for none of ours
 */
export async function read(instance: Instance, cookies: Cookies): Promise<Session | null> {
  const { client, memory } = instance;
  const session = await createSessionStore(client.config, () => NOW, memory).read(jarOf(cookies));
  if (session) await verifyTokens(client, session, tokenTime(session, NOW));
  return session;
}

/**
 * The same for a session that the instance has never seen, however often.
 *
 * @param instance its keys are known; it remembers nothing of this
 * @param cookies of the request
 */
export async function readUnseen({ client }: Instance, cookies: Cookies): Promise<Session | null> {
  return await read({ client, memory: emptySessionCache() }, cookies);
}

/**
 * Seals tokens into cookies: others each time.
 *
 * @param tokens of a sign-in of this moment
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
 * The same where the session is known to fit.
 *
 * @param tokens of a sign-in of this moment
 * @throws Error if it does not
 */
export async function sealSmall(tokens: Tokens): Promise<Cookies> {
  const cookies = await seal(tokens);
  if (!cookies) throw new Error('The session is too large.');
  return cookies;
}

/**
 * Seals the same tokens again and again, each time into another cookie. To save time, they are packed
 * only once.
 *
 * @param tokens of a usual session, which needs one cookie
 * @returns makes one
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
    SESSION_SECRET: 'of no importance here, but of 32 characters',
  });
  if (!result.ok) throw new Error('The example configuration is wrong.');
  return result.config;
}
