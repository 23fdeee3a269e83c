/**
 * The maximum number of attempts for one name within an hour (facts, section 13). The last three are
 * like the others of their kind: their own numbers aren't in the facts.
 */
export const HOURLY = {
  forgot: 5,
  resend: 5,
  confirm: 15,
  'resend-attribute': 5,
  'verify-attribute': 15,
  'change-password': 5,
} as const;

/** Cognito's message beyond a limit. */
export const LIMIT_EXCEEDED = 'Attempt limit exceeded, please try after some time.';

export interface RateLimits {
  /**
   * Counts an attempt, unless the limit is reached.
   *
   * @param what is attempted
   * @param name as typed: a limit that included aliases would reveal that they are the same user
   * @returns whether the attempt is allowed
   */
  allow(what: keyof typeof HOURLY, name: string): boolean;
}

/**
 * Creates rate limits without any attempts.
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
