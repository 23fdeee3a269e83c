/** Runs shared work once (single flight): several requests that ask for it get the same result. */
export interface SingleFlight<T> {
  /**
   * Joins the work under this key, uses its remembered result, or starts it.
   *
   * @param key whose work it is
   * @param work is started only if none is running
   * @param patience in seconds: work that has been running for longer is not joined but started again beside
   *   it. Without it, work is joined however long it takes
   * @returns what the work returned or threw
   */
  run(key: string, work: () => Promise<T>, patience?: number): Promise<T>;
  /** The remembered result under this key. */
  finished(key: string): Promise<T> | undefined;
  /** The same, or the work that is running. */
  find(key: string): Promise<T> | undefined;
}

/** Whether a result is remembered: not at all, unless newer work has started, or in any case. */
export type Keep = 'never' | 'unless-newer' | 'always';

interface Memory<T> {
  readonly keep: (result: T) => Keep;
  readonly keepSeconds: number;
  readonly max: number;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly startedAt: number;
  finishedAt: number | undefined;
}

/**
 * Creates the memory of running and finished work in this process.
 *
 * @param now a clock in seconds
 * @param memory which results serve later requests, for how many seconds, and how many results at most, of which
 *   the oldest go first; by default none does. Failures serve no later request
 */
export function createSingleFlight<T>(
  now: () => number,
  memory: Memory<T> = { keep: () => 'never', keepSeconds: 0, max: Number.POSITIVE_INFINITY },
): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>();

  /** A Map keeps the order of insertion, and all entries are kept equally long: the old ones come first. */
  function sweep(): void {
    for (const [key, flight] of flights) {
      if (!isOver(flight) && flights.size <= memory.max) return;
      if (flight.finishedAt !== undefined) flights.delete(key);
    }
  }

  /** Work finishes in another order than they start, so the sweep may have stopped before one. */
  function isOver({ finishedAt }: Flight<T>): boolean {
    return finishedAt !== undefined && now() - finishedAt >= memory.keepSeconds;
  }

  function finish(key: string, flight: Flight<T>, keep: Keep): void {
    const newest = flights.get(key) === flight;
    if (!newest && keep !== 'always') return;
    // Set anew, it goes to the end of the order.
    flights.delete(key);
    if (keep === 'never') return;
    flight.finishedAt = now();
    flights.set(key, flight);
  }

  function current(key: string): Flight<T> | undefined {
    const flight = flights.get(key);
    return flight && !isOver(flight) ? flight : undefined;
  }

  return {
    run(key, work, patience = Number.POSITIVE_INFINITY) {
      sweep();
      const before = current(key);
      const young = before && now() - before.startedAt < patience;
      if (before && (young || before.finishedAt !== undefined)) return before.result;
      flights.delete(key);
      const flight: Flight<T> = { result: work(), startedAt: now(), finishedAt: undefined };
      flights.set(key, flight);
      flight.result.then(
        (result) => finish(key, flight, memory.keep(result)),
        () => finish(key, flight, 'never'),
      );
      return flight.result;
    },
    finished(key) {
      const flight = current(key);
      return flight?.finishedAt === undefined ? undefined : flight.result;
    },
    find: (key) => current(key)?.result,
  };
}
