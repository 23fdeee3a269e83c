import { sealData, unsealData } from 'iron-session';
import type { CognitoConfig } from '../protocol/cognito-config';
import { keyedHash, randomToken } from '../protocol/pkce';
import type { Attempt } from '../protocol/sign-in';
import { cookieName, type Jar } from './cookies';

/** How long a user may take on the hosted UI, in seconds: a sign-up waits for an e-mail. */
export const ATTEMPT_LIFETIME = 3600;
/** Someone may have planted hundreds of cookies, and each takes a header line to delete. */
const MAX_FORGOTTEN = 20;

/** What a callback's state says. */
export type Recalled =
  /** This browser started the attempt less than an hour ago. */
  | { readonly own: true; readonly attempt: Attempt }
  /** This site started the attempt, but too long ago, or in another browser. */
  | { readonly own: false; readonly returnTo: string; readonly restarted: boolean };

/** What an attempt is for. */
export type Purpose = Pick<Attempt, 'returnTo' | 'maxAge' | 'restarted'>;

/** The sign-in attempts of a browser. */
export interface AttemptStore {
  /** Starts an attempt, and makes sure that the browser has a key. */
  readonly start: (jar: Jar, purpose: Purpose) => Promise<Attempt>;
  /** The attempt that a callback's state contains; null if this site didn't seal it. */
  readonly recall: (jar: Jar, state: string) => Promise<Recalled | null>;
  /** Deletes the browser's keys: the user signed out, and no attempt of this browser works any more. */
  readonly forgetAll: (jar: Jar) => void;
}

/**
 * Creates the store of sign-in attempts.
 *
 * An attempt travels in its own `state`, sealed. The browser keeps only a random key, in one small cookie, from which
 * nonce and code verifier are derived: any number of attempts can be under way, and none can push another one out.
 * The cookie is `signin-<label>`, because tabs that a browser restores at the same moment each get a key, and each
 * must find its own again. Later attempts use a key that is already there.
 *
 * @param config the cookie's name, and the secret of the seal
 * @param now a clock, in seconds since 1970
 */
export function createAttemptStore(config: CognitoConfig, now: () => number): AttemptStore {
  const prefix = cookieName(config, 'signin-');
  const sealOptions = { password: config.sessionSecret, ttl: 0 };
  const keyNames = (jar: Jar) =>
    jar
      .names()
      .filter((name) => name.startsWith(prefix))
      .sort();

  return {
    async start(jar, { returnTo, maxAge, restarted = false }) {
      const name = keyNames(jar).find((each) => isKey(jar.read(each))) ?? prefix + randomToken(6);
      const key = jar.read(name) ?? randomToken();
      jar.write(name, key, { maxAge: ATTEMPT_LIFETIME });
      const startedAt = Math.floor(now());
      const id = randomToken(16);
      const secrets = await secretsOf(key, id);
      const label = name.slice(prefix.length);
      const fields = [label, id, secrets.nonce, returnTo, startedAt, maxAge ?? null, restarted];
      const state = toState(await sealData(fields, sealOptions));
      return { state, ...secrets, returnTo, startedAt, maxAge, restarted };
    },
    async recall(jar, state) {
      const sealed = parseFields(await unsealData<unknown>(toSeal(state), sealOptions));
      if (!sealed) return null;
      const { label, id, nonce, ...purpose } = sealed;
      const key = jar.read(prefix + label);
      const secrets = isKey(key) ? await secretsOf(key, id) : undefined;
      const current = now() - sealed.startedAt < ATTEMPT_LIFETIME;
      if (secrets?.nonce === nonce && current) {
        return { own: true, attempt: { ...purpose, ...secrets, state } };
      }
      return { own: false, returnTo: sealed.returnTo, restarted: sealed.restarted };
    },
    forgetAll(jar) {
      for (const name of keyNames(jar).slice(0, MAX_FORGOTTEN)) jar.write(name, '', { maxAge: 0 });
    },
  };
}

/** 32 random bytes in base64url. */
function isKey(value: string | undefined): value is string {
  return value?.length === 43;
}

/** Only a browser that has the key has the same nonce and code verifier again. */
async function secretsOf(key: string, id: string) {
  const [nonce, codeVerifier] = await Promise.all([
    keyedHash(key, `nonce ${id}`),
    keyedHash(key, `code verifier ${id}`),
  ]);
  return { nonce, codeVerifier };
}

/**
 * A seal, written with the letters that Cognito returns unchanged: some user pools have mangled a `state` that contains
 * others (https://github.com/awslabs/cognito-at-edge/issues/61).
 */
const SEAL = { start: 'Fe26.2*', end: '~2' };

function toState(seal: string): string {
  return seal.slice(SEAL.start.length, -SEAL.end.length).replaceAll('*', '.');
}

function toSeal(state: string): string {
  return `${SEAL.start}${state.replaceAll('.', '*')}${SEAL.end}`;
}

function parseFields(sealed: unknown) {
  // iron-session copies an array into an object with the same numbered members.
  if (typeof sealed !== 'object' || sealed === null) return null;
  const [label, id, nonce, returnTo, startedAt, age, restarted]: unknown[] = Object.values(sealed);
  if (typeof label !== 'string' || typeof id !== 'string' || typeof nonce !== 'string') return null;
  if (typeof returnTo !== 'string' || typeof startedAt !== 'number') return null;
  const maxAge = typeof age === 'number' ? age : undefined;
  return { label, id, nonce, returnTo, startedAt, maxAge, restarted: restarted === true };
}
