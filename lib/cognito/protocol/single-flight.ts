/**
 * One flight for many passengers: work that must run once although several requests ask for it.
 */
export interface SingleFlight<T> {
  /**
   * Joins the work under this key, or its remembered result, or starts it.
   *
   * @param key whose work it is
   * @param work started only if nobody is at it
   * @param patience in seconds: work that has been at it for longer is not joined but started beside.
   *   Without it, work is joined however long it takes
   * @returns what the run returned or threw
   */
  run(key: string, work: () => Promise<T>, patience?: number): Promise<T>;
  /** The remembered result under this key. */
  landed(key: string): Promise<T> | undefined;
  /** The same, or the work that is running. */
  known(key: string): Promise<T> | undefined;
}

/** How long a result is remembered: not at all, unless there is a newer flight, or in any case. */
export type Keep = 'never' | 'unless-newer' | 'always';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly startedAt: number;
  landedAt: number | undefined;
}

/**
 * Makes a memory of running and finished work, within this process.
 *
 * @param options.now a clock in seconds
 * @param options.keepSeconds how long a result serves late-comers; failures serve none
 * @param options.keep which results may be served again
 * @param options.max entries at most; beyond it the oldest finished go first
 */
export function createSingleFlight<T>(options: {
  now: () => number;
  keepSeconds: number;
  keep: (result: T) => Keep;
  max: number;
}): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>();

  /** A Map keeps the order of insertion, and all entries live equally long: the old come first. */
  function sweep(): void {
    for (const [key, flight] of flights) {
      if (!isOver(flight) && flights.size <= options.max) return;
      if (flight.landedAt !== undefined) flights.delete(key);
    }
  }

  /** SingleFlight land in another order than they start, so the sweep may have stopped before one. */
  function isOver({ landedAt }: Flight<T>): boolean {
    return landedAt !== undefined && options.now() - landedAt >= options.keepSeconds;
  }

  function land(key: string, flight: Flight<T>, keep: Keep): void {
    const current = flights.get(key) === flight;
    if (!current && keep !== 'always') return;
    // Set anew, it goes to the end of the order.
    flights.delete(key);
    if (keep === 'never') return;
    flight.landedAt = options.now();
    flights.set(key, flight);
  }

  function known(key: string): Flight<T> | undefined {
    const flight = flights.get(key);
    return flight && !isOver(flight) ? flight : undefined;
  }

  return {
    run(key, work, patience = Number.POSITIVE_INFINITY) {
      sweep();
      const before = known(key);
      const joinable = before?.landedAt !== undefined || isYoung(before, patience);
      if (before && joinable) return before.result;
      flights.delete(key);
      const flight: Flight<T> = { result: work(), startedAt: options.now(), landedAt: undefined };
      flights.set(key, flight);
      flight.result.then(
        (result) => land(key, flight, options.keep(result)),
        () => land(key, flight, 'never'),
      );
      return flight.result;
    },
    landed(key) {
      const flight = known(key);
      return flight?.landedAt === undefined ? undefined : flight.result;
    },
    known: (key) => known(key)?.result,
  };

  function isYoung(flight: Flight<T> | undefined, patience: number): boolean {
    return flight !== undefined && options.now() - flight.startedAt < patience;
  }
}
