import { openState, sealState } from '../packing/sealed-state';
import type { CognitoConfig } from '../protocol/cognito-config';
import { keyedPair, randomToken } from '../protocol/pkce';
import type { Attempt } from '../protocol/sign-in';
import { cookieName, type Jar } from './cookies';

/** How long a user can take on the hosted UI, in seconds. Signing up takes a while: the user waits for an email. */
export const ATTEMPT_LIFETIME = 3600;
/** The most keys to delete at once: each takes a header line, and an attacker may have planted hundreds. */
const MAX_FORGOTTEN = 20;

/** The random end of a key's name: 6 bytes are 8 characters. On http, the name of another port's key is longer. */
const LABEL_BYTES = 6;
const LABEL_LENGTH = 8;

/** What a callback's state says. */
export type Recalled =
  /** This browser started the attempt less than an hour ago. */
  | { readonly own: true; readonly attempt: Attempt }
  /** This site started the attempt, but more than an hour ago or in another browser. */
  | {
      readonly own: false;
      readonly returnTo: string;
      readonly restarted: boolean;
      /** The host where it started, if not the site's own: its cookie stayed there. Untrusted text. */
      readonly host: string | undefined;
    };

/** Where an attempt leads, what it requires, and the `Host` header of the request that starts it. */
export type Purpose = Pick<Attempt, 'returnTo' | 'maxAge' | 'restarted'> & {
  readonly host?: string | null;
};

/** The sign-in attempts of a browser. */
export interface AttemptStore {
  /** Starts an attempt, and writes the browser's key if it has none. */
  readonly start: (jar: Jar, purpose: Purpose) => Promise<Attempt>;
  /** Returns the attempt that a callback's state contains; null if this site didn't seal the state. */
  readonly recall: (jar: Jar, state: string) => Promise<Recalled | null>;
  /** Deletes the browser's keys when the user signs out. Its attempts no longer work. */
  readonly forgetAll: (jar: Jar) => void;
}

/**
 * Creates the store of sign-in attempts.
 *
 * The `state` itself contains the sealed attempt. The browser stores only a random key, in one small cookie. The nonce and
 * the code verifier are derived from that key. So a browser can have any number of attempts, and no attempt can push out
 * another. The cookie is called `signin-<label>`: tabs that a browser restores at the same time each get their own key,
 * and each must find it again. Later attempts use an existing key.
 *
 * @param config the cookie's name, and the secret of the seal
 * @param now a clock, in seconds since 1970
 */
export function createAttemptStore(config: CognitoConfig, now: () => number): AttemptStore {
  const prefix = `${cookieName(config, 'signin')}-`;
  const { sessionSecret } = config;
  const ownHost = new URL(config.origin).host;
  const keyNames = (jar: Jar) =>
    jar
      .names()
      .filter((name) => name.startsWith(prefix) && name.length === prefix.length + LABEL_LENGTH)
      .sort();

  return {
    async start(jar, { returnTo, maxAge, restarted = false, host }) {
      const name =
        keyNames(jar).find((each) => isKey(jar.read(each))) ?? prefix + randomToken(LABEL_BYTES);
      const key = jar.read(name) ?? randomToken();
      jar.write(name, key, { maxAge: ATTEMPT_LIFETIME });
      const startedAt = Math.floor(now());
      const id = randomToken(16);
      const secrets = await secretsOf(key, id);
      const label = name.slice(prefix.length);
      const other = host === ownHost ? undefined : host?.slice(0, 100);
      const fields = [
        label,
        id,
        secrets.nonce,
        returnTo,
        startedAt,
        maxAge ?? null,
        restarted,
        other,
      ];
      const state = await sealState(fields, sessionSecret);
      return { state, ...secrets, returnTo, startedAt, maxAge, restarted };
    },
    async recall(jar, state) {
      const sealed = parseFields(await openState(state, sessionSecret));
      if (!sealed) return null;
      const { label, id, nonce, host, ...purpose } = sealed;
      const key = jar.read(prefix + label);
      const secrets = isKey(key) ? await secretsOf(key, id) : undefined;
      const current = now() - sealed.startedAt < ATTEMPT_LIFETIME;
      if (secrets?.nonce === nonce && current) {
        return { own: true, attempt: { ...purpose, ...secrets, state } };
      }
      return { own: false, returnTo: sealed.returnTo, restarted: sealed.restarted, host };
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

/** Derives the secrets of an attempt. Only the browser that has the key gets the same ones again. */
async function secretsOf(key: string, id: string) {
  const [nonce, codeVerifier] = await keyedPair(key, id);
  return { nonce, codeVerifier };
}

function parseFields(fields: readonly unknown[]) {
  const [label, id, nonce, returnTo, startedAt, age, restarted, other] = fields;
  if (typeof label !== 'string' || typeof id !== 'string' || typeof nonce !== 'string') return null;
  if (typeof returnTo !== 'string' || typeof startedAt !== 'number') return null;
  const maxAge = typeof age === 'number' ? age : undefined;
  const host = typeof other === 'string' ? other : undefined;
  return { label, id, nonce, returnTo, startedAt, maxAge, restarted: restarted === true, host };
}
