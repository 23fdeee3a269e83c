import { createPoolKeys, type PoolKeys } from './keys';

/** A set of keys, or a function that returns one. Pools can share a set that way. */
export type KeySource = PoolKeys | (() => Promise<PoolKeys>);

/** A pool's signing keys, generated when they are first needed. */
export interface KeyRing {
  /** The current keys. All callers that come before they exist wait for the same ones. */
  signing(): Promise<PoolKeys>;
  /** Starts generating the keys in the background, if that hasn't happened yet. */
  prepare(): void;
  /** Replaces the keys. The old ones stay until the new ones exist. */
  renew(): Promise<void>;
}

/**
 * Creates a key ring. It generates keys on demand: an RSA key pair takes 0.1 to 0.3 seconds of CPU
 * time, and most pools show a page first, or never need one.
 *
 * @param source the set of keys, or a function that returns it; default: a new set
 */
export function createKeyRing(source: KeySource = createPoolKeys): KeyRing {
  let current: Promise<PoolKeys> | undefined;

  const ring: KeyRing = {
    async signing() {
      current ??= typeof source === 'function' ? source() : Promise.resolve(source);
      const asked = current;
      try {
        return await asked;
      } catch (error) {
        // The next call tries again.
        if (current === asked) current = undefined;
        throw error;
      }
    },
    prepare() {
      // Callers that need the keys get the error from signing().
      ring.signing().catch(() => {});
    },
    async renew() {
      const next = await createPoolKeys();
      current = Promise.resolve(next);
    },
  };
  return ring;
}
