/**
 * What keeps a dead endpoint from costing every request the whole time-out.
 *
 * While the endpoint answers, everybody waits for as long as it takes. After a failure one call at a
 * time tries whether it is back, and nobody waits for that call longer than `PATIENCE`: so a dead
 * endpoint costs milliseconds, and the first request after its recovery succeeds. A call that nobody
 * waits for any longer goes on by itself: where refresh tokens rotate, its answer may be the only
 * copy of the next one.
 */
export interface CircuitBreaker {
  /** Whether the last call failed. */
  readonly isBroken: () => boolean;
  /**
   * Makes a call, or does not.
   *
   * @param call started at once, after another's trial, or not at all
   * @param isFailure whether a result says that the endpoint is down; a call that throws does
   * @param patient the one who tries waits for the answer in full; the others still don't
   * @returns its result, or undefined for "not now": down, or too slow to tell
   */
  run<T>(
    call: () => Promise<T>,
    isFailure: (result: T) => boolean,
    patient?: boolean,
  ): Promise<T | undefined>;
}

/** How long a request waits for an endpoint that was down a moment ago, in seconds. */
export const PATIENCE = 0.5;

/**
 * Creates the circuit breaker of one endpoint, within this process.
 *
 * @param wait settles after so many milliseconds
 */
export function createCircuitBreaker(
  wait: (milliseconds: number) => Promise<void>,
): CircuitBreaker {
  let broken = false;
  let successes = 0;
  /** Whether the call that is trying worked; settles within `PATIENCE`. */
  let trial: Promise<boolean> | undefined;

  async function watched<T>(call: () => Promise<T>, isFailure: (result: T) => boolean): Promise<T> {
    const before = successes;
    let failed = true;
    try {
      const result = await call();
      failed = isFailure(result);
      return result;
    } finally {
      if (!failed) successes += 1;
      // What failed after a long time says nothing of now, if another call has worked since.
      broken = failed && (broken || successes === before);
    }
  }

  return {
    isBroken: () => broken,
    async run(call, isFailure, patient = false) {
      if (broken && trial && !(await trial)) return undefined;
      if (!broken) return watched(call, isFailure);

      const running = watched(call, isFailure);
      const settled = running.then(
        (result) => !isFailure(result),
        () => false,
      );
      const patience = wait(PATIENCE * 1000).then(() => 'too slow' as const);
      const verdict = Promise.race([settled, patience]);
      trial = verdict.then((worked) => {
        // A request that comes from now on tries again.
        trial = undefined;
        return worked === true;
      });
      const late = (await verdict) === 'too slow';
      return late && !patient ? undefined : running;
    },
  };
}
