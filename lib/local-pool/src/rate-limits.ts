/** How often something may be done for one name within an hour (facts, section 13). */
export const HOURLY = { forgot: 5, resend: 5, confirm: 15 } as const;

/** What Cognito says beyond a limit. */
export const LIMIT_EXCEEDED = 'Attempt limit exceeded, please try after some time.';

export interface RateLimits {
  /**
   * Counts one more attempt, unless there were too many.
   *
   * @param what is attempted
   * @param name as typed: a limit that followed aliases would tell that they belong together
   * @returns whether it may go on
   */
  allow(what: keyof typeof HOURLY, name: string): boolean;
}

/**
 * No attempts so far.
 *
 * @param now the pool's clock, epoch seconds
 */
export function createRateLimits(now: () => number): RateLimits {
  const attempts = new Map<string, number[]>();
  return {
    allow(what, name) {
      const key = `${what} ${name.toLowerCase()}`;
      const recent = (attempts.get(key) ?? []).filter((time) => time > now() - 3600);
      attempts.set(key, recent);
      if (recent.length >= HOURLY[what]) return false;
      recent.push(now());
      return true;
    },
  };
}
