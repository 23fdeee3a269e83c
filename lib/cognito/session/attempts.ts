import { sealData, unsealData } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';
import type { Attempt } from '../protocol/sign-in';
import { cookieName, type Jar } from './cookies';

/** How long a sign-in attempt is valid, in seconds: a sign-up includes waiting for an email. */
export const ATTEMPT_LIFETIME = 3600;
/** The most attempts of a browser, and the most bytes of their cookies. The oldest are dropped. */
const MAX_ATTEMPTS = 5;
const MAX_BYTES = 3000;
const STATE_CHARACTERS = 12;
/** The most cookies to delete in one response: an attacker may have planted hundreds. */
const MAX_FORGOTTEN = 20;

/**
 * Stores a browser's sign-in attempts, each in its own sealed cookie, so that tabs don't interfere.
 */
export interface AttemptStore {
  /**
   * Seals an attempt from `startSignIn` into a cookie, and drops the oldest if there are too many.
   */
  readonly remember: (jar: Jar, attempt: Attempt) => Promise<void>;
  /** Returns the attempt that a callback's state belongs to; null if unknown, expired or forged. */
  readonly recall: (jar: Jar, state: string) => Promise<Attempt | null>;
  /** Deletes the cookie of one attempt, after it succeeded or failed. */
  readonly forget: (jar: Jar, state: string) => void;
  /** Deletes the cookies of all attempts (at most 20 at once), when the user signs out. */
  readonly forgetAll: (jar: Jar) => void;
}

/**
 * Creates the store of sign-in attempts.
 *
 * A cookie's name is `signin-<start>-<state>`, with the port before the start on http. It contains the start in seconds, in base 36, so
 * that the oldest sorts first, and the first 12 characters of the state, by which a callback finds
 * its attempt.
 *
 * @param config for the cookies' names and secret
 * @param now a clock, in seconds since 1970
 */
export function createAttemptStore(config: CognitoConfig, now: () => number): AttemptStore {
  const prefix = `${cookieName(config, 'signin')}-`;
  const sealOptions = { password: config.sessionSecret, ttl: ATTEMPT_LIFETIME };

  const isOwn = (name: string) => name.startsWith(prefix);
  /** Oldest first. */
  const namesIn = (jar: Jar) => jar.names().filter(isOwn).sort();
  const remove = (jar: Jar, name: string) => jar.write(name, '', { maxAge: 0 });

  function nameOf(jar: Jar, state: string): string | undefined {
    if (state.length < STATE_CHARACTERS) return undefined;
    const suffix = `-${state.slice(0, STATE_CHARACTERS)}`;
    return namesIn(jar).find((name) => name.endsWith(suffix));
  }

  function dropOldest(jar: Jar, added: number): void {
    let bytes = added;
    const tooMany: string[] = [];
    for (const [index, name] of namesIn(jar).reverse().entries()) {
      bytes += name.length + (jar.read(name)?.length ?? 0);
      if (index + 1 >= MAX_ATTEMPTS || bytes > MAX_BYTES) tooMany.push(name);
    }
    for (const name of tooMany.slice(0, MAX_FORGOTTEN)) remove(jar, name);
  }

  return {
    async remember(jar, { state, nonce, codeVerifier, returnTo, startedAt, maxAge }) {
      const fields = [state, nonce, codeVerifier, returnTo, startedAt, maxAge ?? null];
      const seal = await sealData(fields, sealOptions);
      const name = `${prefix}${startedAt.toString(36)}-${state.slice(0, STATE_CHARACTERS)}`;
      dropOldest(jar, name.length + seal.length);
      jar.write(name, seal, { maxAge: ATTEMPT_LIFETIME });
    },
    async recall(jar, state) {
      const name = nameOf(jar, state);
      const seal = name && jar.read(name);
      if (!seal) return null;
      const attempt = parseAttempt(await unsealData<unknown>(seal, sealOptions));
      if (attempt?.state !== state) return null;
      return now() - attempt.startedAt < ATTEMPT_LIFETIME ? attempt : null;
    },
    forget(jar, state) {
      const name = nameOf(jar, state);
      if (name) remove(jar, name);
    },
    forgetAll(jar) {
      for (const name of namesIn(jar).slice(0, MAX_FORGOTTEN)) remove(jar, name);
    },
  };
}

function parseAttempt(sealed: unknown): Attempt | null {
  // iron-session returns an array as an object with numbered members.
  if (typeof sealed !== 'object' || sealed === null) return null;
  const [state, nonce, codeVerifier, returnTo, startedAt, age]: unknown[] = Object.values(sealed);
  if (typeof state !== 'string' || typeof nonce !== 'string') return null;
  if (typeof codeVerifier !== 'string' || typeof returnTo !== 'string') return null;
  if (typeof startedAt !== 'number') return null;
  const maxAge = typeof age === 'number' ? age : undefined;
  return { state, nonce, codeVerifier, returnTo, startedAt, maxAge };
}
