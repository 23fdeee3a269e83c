/**
 * One flight for many passengers: work that must run once although several requests ask for it.
 */
export interface Flights<T> {
  /**
   * Joins the work under this key, or its remembered result, or starts it.
   *
   * @param key whose work it is
   * @param work started only if nobody is at it
   * @returns what the one run returned or threw
   */
  run(key: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Makes a memory of running and finished work, within this process.
 *
 * @param options.now a clock in seconds
 * @param options.keepSeconds how long a result serves late-comers; failures serve none
 * @param options.worthKeeping which results may be served again
 * @param options.max entries at most; beyond it the oldest finished go first
 */
export function createFlights<T>(options: {
  now: () => number;
  keepSeconds: number;
  worthKeeping: (result: T) => boolean;
  max: number;
}): Flights<T> {
  const flights = new Map<string, { result: Promise<T>; landedAt: number | undefined }>();

  /** A Map keeps the order of insertion, and all entries live equally long: the old come first. */
  function sweep(): void {
    for (const [key, flight] of flights) {
      if (!isOver(flight) && flights.size <= options.max) return;
      if (flight.landedAt !== undefined) flights.delete(key);
    }
  }

  /** Flights land in another order than they start, so the sweep may have stopped before one. */
  function isOver({ landedAt }: { landedAt: number | undefined }): boolean {
    return landedAt !== undefined && options.now() - landedAt >= options.keepSeconds;
  }

  return {
    run(key, work) {
      sweep();
      const known = flights.get(key);
      if (known && !isOver(known)) return known.result;
      // Set anew, it goes to the end of the order.
      flights.delete(key);
      const flight: { result: Promise<T>; landedAt: number | undefined } = {
        result: work(),
        landedAt: undefined,
      };
      flights.set(key, flight);
      flight.result.then(
        (result) => {
          if (options.worthKeeping(result)) flight.landedAt = options.now();
          else flights.delete(key);
        },
        () => flights.delete(key),
      );
      return flight.result;
    },
  };
}
