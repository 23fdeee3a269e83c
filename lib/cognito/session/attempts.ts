import { sealData, unsealData } from 'iron-session';
import type { CognitoConfig } from '../config/parse-config';
import type { Attempt } from '../protocol/sign-in';
import { cookieName, cookieOptions, type Jar } from './cookies';

/**
 * Sign-in attempts: one sealed cookie for each, so that tabs don't disturb each other.
 *
 * A cookie's name is `signin-<start>-<state>`: the start in seconds, base 36, so that the oldest
 * sorts first, and the first characters of the state, so that the callback finds its own.
 */

/** How long a person may take on the hosted UI, in seconds: a sign-up waits for an e-mail. */
export const ATTEMPT_LIFETIME = 3600;
/** No more than this many at once, and no more bytes in all; the oldest go first. */
const MAX_ATTEMPTS = 5;
const MAX_BYTES = 3000;
const STATE_CHARACTERS = 12;
/** Somebody may have planted hundreds, and each takes a header line to delete: no more at once. */
const MAX_FORGOTTEN = 20;

/**
 * Seals an attempt into a cookie of its own, and drops the oldest ones that are too many.
 *
 * @param config names the cookie and holds the secret
 * @param jar the request's cookies
 * @param attempt from `startSignIn`
 */
export async function rememberAttempt(
  config: CognitoConfig,
  jar: Jar,
  attempt: Attempt,
): Promise<void> {
  const { state, nonce, codeVerifier, returnTo, startedAt, maxAge } = attempt;
  const seal = await sealData([state, nonce, codeVerifier, returnTo, startedAt, maxAge ?? null], {
    password: secret(config),
    ttl: ATTEMPT_LIFETIME,
  });
  const name = `${prefix(config)}${startedAt.toString(36)}-${state.slice(0, STATE_CHARACTERS)}`;
  let bytes = name.length + seal.length;
  const older = attemptNames(config, jar).reverse();
  const tooMany: string[] = [];
  for (const [index, existing] of older.entries()) {
    bytes += existing.length + (jar.read(existing)?.length ?? 0);
    if (index + 1 >= MAX_ATTEMPTS || bytes > MAX_BYTES) tooMany.push(existing);
  }
  for (const old of tooMany.slice(0, MAX_FORGOTTEN)) forget(config, jar, old);
  jar.write(name, seal, { ...cookieOptions(config), maxAge: ATTEMPT_LIFETIME });
}

/**
 * Finds the attempt that a callback belongs to.
 *
 * @param config names the cookie and holds the secret
 * @param jar the request's cookies
 * @param state from the callback
 * @param now seconds since 1970
 * @returns the attempt, or null: foreign, over, dropped, or not sealed by us
 */
export async function recallAttempt(
  config: CognitoConfig,
  jar: Jar,
  state: string,
  now: number,
): Promise<Attempt | null> {
  const name = nameOf(config, jar, state);
  const seal = name && jar.read(name);
  if (!seal) return null;
  const attempt = parseAttempt(
    await unsealData<unknown>(seal, { password: secret(config), ttl: ATTEMPT_LIFETIME }),
  );
  if (attempt?.state !== state) return null;
  return now - attempt.startedAt < ATTEMPT_LIFETIME ? attempt : null;
}

/** Deletes the cookie of one attempt: it is finished, however it ended. */
export function forgetAttempt(config: CognitoConfig, jar: Jar, state: string): void {
  const name = nameOf(config, jar, state);
  if (name) forget(config, jar, name);
}

/** Deletes the cookies of all attempts that a browser of ours can have: the person signed out. */
export function forgetAttempts(config: CognitoConfig, jar: Jar): void {
  for (const name of attemptNames(config, jar).slice(0, MAX_FORGOTTEN)) forget(config, jar, name);
}

function nameOf(config: CognitoConfig, jar: Jar, state: string): string | undefined {
  if (state.length < STATE_CHARACTERS) return undefined;
  const suffix = `-${state.slice(0, STATE_CHARACTERS)}`;
  return attemptNames(config, jar).find((name) => name.endsWith(suffix));
}

/** Oldest first. */
function attemptNames(config: CognitoConfig, jar: Jar): string[] {
  return jar
    .names()
    .filter((name) => name.startsWith(prefix(config)))
    .sort();
}

function forget(config: CognitoConfig, jar: Jar, name: string): void {
  jar.write(name, '', { ...cookieOptions(config), maxAge: 0 });
}

function prefix(config: CognitoConfig): string {
  return cookieName(config, 'signin-');
}

function secret(config: CognitoConfig): string | Record<string, string> {
  return typeof config.sessionSecret === 'string'
    ? config.sessionSecret
    : { ...config.sessionSecret };
}

function parseAttempt(sealed: unknown): Attempt | null {
  // iron-session copies an array into an object with the same numbered members.
  if (typeof sealed !== 'object' || sealed === null) return null;
  const [state, nonce, codeVerifier, returnTo, startedAt, age]: unknown[] = Object.values(sealed);
  if (typeof state !== 'string' || typeof nonce !== 'string') return null;
  if (typeof codeVerifier !== 'string' || typeof returnTo !== 'string') return null;
  if (typeof startedAt !== 'number') return null;
  const maxAge = typeof age === 'number' ? age : undefined;
  return { state, nonce, codeVerifier, returnTo, startedAt, maxAge };
}
