import { createPoolKeys, type PoolKeys } from './keys';

/** A set of keys, or how to get one: a test run makes a set once, when the first pool needs it. */
export type KeySource = PoolKeys | (() => Promise<PoolKeys>);

/** A pool's signing keys. They are made when they are first needed, not at start. */
export interface KeyRing {
  /** The keys of now; of all who ask before they are made, each waits for the same ones. */
  signing(): Promise<PoolKeys>;
  /** Makes the keys now, beside whatever is going on, if nobody has needed them yet. */
  prepare(): void;
  /** New keys in place of the old ones, which stay until the new ones are made. */
  renew(): Promise<void>;
}

/**
 * Keys just in time: an RSA pair takes a tenth of a second of CPU or three, and most starts show a
 * page first, or never need one.
 *
 * @param source a set to use, or where to get it; default: a set of the pool's own
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
        // Whoever asks next tries again; these had their answer.
        if (current === asked) current = undefined;
        throw error;
      }
    },
    prepare() {
      // Whoever needs the keys meets the error.
      ring.signing().catch(() => {});
    },
    async renew() {
      const next = await createPoolKeys();
      current = Promise.resolve(next);
    },
  };
  return ring;
}
