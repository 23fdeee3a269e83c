import { randomInt } from 'node:crypto';

/** What a mailed code is for, and how many seconds it lives (facts, section 13). */
const LIVES = { 'sign-up': 24 * 3600, forgot: 3600 } as const;

type Purpose = keyof typeof LIVES;

export interface OneTimeCodes {
  /** Makes six digits for a name; the code before them, if any, is dead. */
  issue(purpose: Purpose, name: string): string;
  /** Looks at a code; the right one is used up by it. */
  check(purpose: Purpose, name: string, code: string): 'right' | 'wrong' | 'expired';
}

/** Cognito's words for a code that is not the right one (facts, section 3, and API reference). */
export const CODE_PROBLEMS = {
  wrong: 'Invalid verification code provided, please try again.',
  expired: 'Invalid code provided, please request a code again.',
} as const;

/**
 * The codes that were mailed. Names nobody has may have codes too: a forgotten password must look
 * the same for them.
 *
 * @param now the pool's clock, epoch seconds
 */
export function createOneTimeCodes(now: () => number): OneTimeCodes {
  const codes = new Map<string, { code: string; expiresAt: number }>();
  const keyOf = (purpose: Purpose, name: string) => `${purpose} ${name.toLowerCase()}`;
  return {
    issue(purpose, name) {
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      codes.set(keyOf(purpose, name), { code, expiresAt: now() + LIVES[purpose] });
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
