import { randomInt } from 'node:crypto';

const DAY = 24 * 3600;

/** What a code is for, and for how many seconds it is valid (facts, section 13). */
const LIFETIMES = { 'sign-up': DAY, attribute: DAY, forgot: 3600 } as const;

type Purpose = keyof typeof LIFETIMES;

export interface OneTimeCodes {
  /** Generates a six-digit code for a name. The previous code, if any, becomes invalid. */
  issue(purpose: Purpose, name: string): string;
  /** Checks a code. The right one can be used only once. */
  check(purpose: Purpose, name: string, code: string): 'right' | 'wrong' | 'expired';
  /** Makes the code of a name, if any, invalid. */
  drop(purpose: Purpose, name: string): void;
}

/** Cognito's messages for a code that isn't right (facts, section 3, and API reference). */
export const CODE_PROBLEMS = {
  wrong: 'Invalid verification code provided, please try again.',
  expired: 'Invalid code provided, please request a code again.',
} as const;

/**
 * Creates the store of emailed codes. Names that no user has can have codes too: the
 * forgotten-password pages must look the same for them.
 *
 * @param now the pool's clock, epoch seconds
 */
export function createOneTimeCodes(now: () => number): OneTimeCodes {
  const codes = new Map<string, { code: string; expiresAt: number }>();
  const keyOf = (purpose: Purpose, name: string) => `${purpose} ${name.toLowerCase()}`;
  return {
    drop: (purpose, name) => void codes.delete(keyOf(purpose, name)),
    issue(purpose, name) {
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      codes.set(keyOf(purpose, name), { code, expiresAt: now() + LIFETIMES[purpose] });
      return code;
    },
    check(purpose, name, code) {
      const key = keyOf(purpose, name);
      const issued = codes.get(key);
      if (!issued || now() >= issued.expiresAt) return 'expired';
      if (code.trim() !== issued.code) return 'wrong';
      codes.delete(key);
      return 'right';
    },
  };
}
