/** How often each user has caused something that all users share. */
export interface Quota {
  /** Whether a user has caused as much as allowed. */
  readonly isSpent: (user: string) => boolean;
  /** Counts one more. */
  readonly spend: (user: string) => void;
}

/**
 * Creates a quota for each user. Unlike a memory of results, it can't be emptied by the user whom it
 * limits.
 *
 * @param now a clock in seconds
 * @param limits `most`: how often within `seconds`; `users`: how many users to count at most (those
 *   who caused nothing for longest are dropped first)
 */
export function createQuota(
  now: () => number,
  { most, seconds, users }: { most: number; seconds: number; users: number },
): Quota {
  const counts = new Map<string, { readonly since: number; readonly count: number }>();

  function current(user: string) {
    const found = counts.get(user);
    return found && now() - found.since < seconds ? found : { since: now(), count: 0 };
  }

  return {
    isSpent: (user) => current(user).count >= most,
    spend(user) {
      const { since, count } = current(user);
      counts.delete(user);
      counts.set(user, { since, count: count + 1 });
      const [longest = ''] = counts.keys();
      if (counts.size > users) counts.delete(longest);
    },
  };
}
