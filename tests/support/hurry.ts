/** How many times faster or slower. */
const FACTOR = 20;
/** The original function of the platform. */
const timeout = AbortSignal.timeout.bind(AbortSignal);

/** Makes timeouts of this process longer, so that nothing times out on a busy machine. */
export function takeYourTime(): void {
  AbortSignal.timeout = (milliseconds) => timeout(milliseconds * FACTOR);
}

/**
 * Makes timeouts and pauses of this process shorter. Use it only while something is broken and would
 * be waited for until the timeout: with short timeouts, calls that work could time out.
 *
 * @returns restores the normal timeouts
 */
export function hurry(): () => void {
  const { setTimeout } = globalThis;
  const before = AbortSignal.timeout;
  globalThis.setTimeout = new Proxy(setTimeout, {
    apply: (target, self, [callback, milliseconds = 0, ...rest]) =>
      Reflect.apply(target, self, [callback, milliseconds / FACTOR, ...rest]),
  });
  AbortSignal.timeout = (milliseconds) => timeout(milliseconds / FACTOR);
  return () => {
    globalThis.setTimeout = setTimeout;
    AbortSignal.timeout = before;
  };
}
