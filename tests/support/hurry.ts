/** How many times as fast. */
const FACTOR = 20;

/**
 * Makes time-outs and pauses of this process pass faster, for as long as something is broken that
 * would be waited for in full. Not for longer: what works could be given up too early.
 *
 * @returns ends the hurry
 */
export function hurry(): () => void {
  const { setTimeout } = globalThis;
  const { timeout } = AbortSignal;
  globalThis.setTimeout = new Proxy(setTimeout, {
    apply: (target, self, [callback, milliseconds = 0, ...rest]) =>
      Reflect.apply(target, self, [callback, milliseconds / FACTOR, ...rest]),
  });
  AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, milliseconds / FACTOR);
  return () => {
    globalThis.setTimeout = setTimeout;
    AbortSignal.timeout = timeout;
  };
}
