/** How many times as fast, and as slow. */
const FACTOR = 20;
/** The platform's own, before anybody changed it. */
const timeout = AbortSignal.timeout.bind(AbortSignal);

/** Makes time-outs of this process pass slower: what works on a busy machine is not given up. */
export function takeYourTime(): void {
  AbortSignal.timeout = (milliseconds) => timeout(milliseconds * FACTOR);
}

/**
 * Makes time-outs and pauses of this process pass faster, for as long as something is broken that
 * would be waited for in full. Not for longer: what works could be given up too early.
 *
 * @returns ends the hurry
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
