/** Runs shared work once (single flight): concurrent requests for the same key share one result. */
export interface SingleFlight<T> {
  /**
   * Joins the running work of a key, returns its remembered result, or starts new work.
   *
   * @param key identifies the work
   * @param work is started only if there is no running work to join and no remembered result
   * @param patience in seconds: work that has been running for longer isn't joined, and new work is
   *   started in parallel. By default, running work is always joined
   * @returns what the work returns; rejects if it rejects
   */
  run(key: string, work: () => Promise<T>, patience?: number): Promise<T>;
  /** Returns the remembered result of a key, or undefined. */
  finished(key: string): Promise<T> | undefined;
  /** Returns the running work or the remembered result of a key, or undefined. */
  find(key: string): Promise<T> | undefined;
}

/**
 * Whether to remember a result: never, unless newer work has started for the same key, or always.
 */
export type Keep = 'never' | 'unless-newer' | 'always';

interface Memory<T> {
  readonly keep?: (result: T) => Keep;
  readonly keepSeconds?: number;
  readonly max?: number;
  readonly maxEach?: number;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly startedAt: number;
  finishedAt: number | undefined;
}

/**
 * Creates a single flight for this process.
 *
 * @param now a clock in seconds
 * @param memory `keep`: which results to remember for later requests, by default none;
 *   `keepSeconds`: for how long; `max`: how many at most (the oldest are dropped first); `maxEach`:
 *   how many of one owner, with whom a key begins, up to a space: nobody's results may push out
 *   those of others. Failures aren't remembered
 */
export function createSingleFlight<T>(
  now: () => number,
  { keep = () => 'never', keepSeconds = 0, max = 0, maxEach = 0 }: Memory<T> = {},
): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>();

  /**
   * Drops old results. They come first: a Map keeps insertion order, and all are kept equally long.
   */
  function sweep(): void {
    for (const [key, flight] of flights) {
      if (!isOver(flight) && flights.size <= max) return;
      if (flight.finishedAt !== undefined) flights.delete(key);
    }
  }

  /** `sweep` may miss an old result: it stops at running work, which may have started earlier. */
  function isOver({ finishedAt }: Flight<T>): boolean {
    return finishedAt !== undefined && now() - finishedAt >= keepSeconds;
  }

  function finish(key: string, flight: Flight<T>, kept: Keep): void {
    const newest = flights.get(key) === flight;
    if (!newest && kept !== 'always') return;
    // Deleting and setting it again moves it to the end of the order.
    flights.delete(key);
    if (kept === 'never') return;
    flight.finishedAt = now();
    flights.set(key, flight);
    const owner = key.slice(0, key.indexOf(' ') + 1);
    const own = [...flights].filter(
      ([each, { finishedAt }]) => finishedAt && each.startsWith(owner),
    );
    for (const [oldest] of own.slice(0, -maxEach)) flights.delete(oldest);
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
        (result) => finish(key, flight, keep(result)),
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
