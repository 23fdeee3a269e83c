/**
 * Keeps requests from waiting for the full time-out of an endpoint that is down.
 *
 * While the endpoint works, each request waits as long as its call takes. After a failure, one call
 * at a time tries whether the endpoint is back, and no request waits for it longer than `PATIENCE`.
 * So an endpoint that is down costs little time, and the first request after its recovery succeeds.
 * A call continues even if no request waits for it any more: with refresh token rotation, its
 * response may contain the only copy of the next refresh token.
 */
export interface CircuitBreaker {
  /** Whether the last call failed. */
  readonly isBroken: () => boolean;
  /**
   * Makes a call, unless the endpoint is known to be down.
   *
   * @param call is started immediately, or after another request's trial call worked, or not at all
   * @param isFailure whether a result means that the endpoint is down; so does a call that throws
   * @param patient makes the request with the trial call wait until that call ends; others don't
   *   wait
   * @returns the call's result; undefined if the endpoint is down, or too slow to tell
   * @throws what the call throws
   */
  run<T>(
    call: () => Promise<T>,
    isFailure: (result: T) => boolean,
    patient?: boolean,
  ): Promise<T | undefined>;
}

/** How long a request waits for an endpoint whose last call failed, in seconds. */
export const PATIENCE = 0.5;

/**
 * Creates the circuit breaker for one endpoint, within this process.
 *
 * @param wait settles after the given number of milliseconds
 */
export function createCircuitBreaker(
  wait: (milliseconds: number) => Promise<void>,
): CircuitBreaker {
  let broken = false;
  let successes = 0;
  /** Whether the trial call worked; settles within `PATIENCE`. */
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
      // Ignore a slow failure if another call has succeeded since this one started.
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
        // The next request makes a new trial call.
        trial = undefined;
        return worked === true;
      });
      const late = (await verdict) === 'too slow';
      return late && !patient ? undefined : running;
    },
  };
}
