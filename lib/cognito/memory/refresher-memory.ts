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

/** When sign-ins and users ended. */
export interface SignOuts {
  /** Remembers that a sign-in, or a user on all devices, has just ended. */
  readonly note: (who: string) => void;
  /** When the last of these ended, in seconds since 1970. It may be too late, but never too early. */
  readonly latest: (...who: string[]) => number;
}

/**
 * Creates a memory of sign-outs. Others can't use it up: what is dropped counts for everyone.
 *
 * @param now a clock in seconds since 1970
 * @param most how many to remember
 */
export function createSignOuts(now: () => number, most: number): SignOuts {
  /** The most recent comes last. */
  const times = new Map<string, number>();
  /** The latest time that was dropped: everyone's sessions from before it are in doubt. */
  let droppedAt = 0;
  return {
    note(who) {
      times.delete(who);
      times.set(who, now());
      const [oldest] = times;
      if (!oldest || times.size <= most) return;
      times.delete(oldest[0]);
      droppedAt = oldest[1];
    },
    latest: (...who) => Math.max(droppedAt, ...who.map((each) => times.get(each) ?? 0)),
  };
}
