import { sealData, unsealData } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';
import type { Attempt } from '../protocol/sign-in';
import { cookieName, type Jar } from './cookies';

/** How long a person may take on the hosted UI, in seconds: a sign-up waits for an e-mail. */
export const ATTEMPT_LIFETIME = 3600;
/** No more than this many attempts at once, and no more bytes in all; the oldest go first. */
const MAX_ATTEMPTS = 5;
const MAX_BYTES = 3000;
const STATE_CHARACTERS = 12;
/** Somebody may have planted hundreds, and each takes a header line to delete: no more at once. */
const MAX_FORGOTTEN = 20;

/** The sign-in attempts of a browser: a sealed cookie for each, so that tabs don't disturb each other. */
export interface AttemptStore {
  /** Seals an attempt from `startSignIn` into a cookie, and drops the oldest ones that are too many. */
  readonly remember: (jar: Jar, attempt: Attempt) => Promise<void>;
  /** The attempt that a callback's state belongs to; null if foreign, expired, dropped or forged. */
  readonly recall: (jar: Jar, state: string) => Promise<Attempt | null>;
  /** Deletes the cookie of one attempt: it is finished, whatever came of it. */
  readonly forget: (jar: Jar, state: string) => void;
  /** Deletes the cookies of all attempts: the person signed out. */
  readonly forgetAll: (jar: Jar) => void;
}

/**
 * Creates the store of sign-in attempts.
 *
 * A cookie's name is `signin-<start>-<state>`: the start in seconds, base 36, so that the oldest sorts first,
 * and the first characters of the state, so that the callback finds its own.
 *
 * @param config the cookies' names and secret
 * @param now a clock, in seconds since 1970
 */
export function createAttemptStore(config: CognitoConfig, now: () => number): AttemptStore {
  const prefix = cookieName(config, 'signin-');
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
  // iron-session copies an array into an object with the same numbered members.
  if (typeof sealed !== 'object' || sealed === null) return null;
  const [state, nonce, codeVerifier, returnTo, startedAt, age]: unknown[] = Object.values(sealed);
  if (typeof state !== 'string' || typeof nonce !== 'string') return null;
  if (typeof codeVerifier !== 'string' || typeof returnTo !== 'string') return null;
  if (typeof startedAt !== 'number') return null;
  const maxAge = typeof age === 'number' ? age : undefined;
  return { state, nonce, codeVerifier, returnTo, startedAt, maxAge };
}
