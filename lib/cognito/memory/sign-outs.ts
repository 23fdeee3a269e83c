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
