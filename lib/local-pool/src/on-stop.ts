const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls back once when this process should end: Ctrl-C, a signal, or the death of the process
 * that started it (npm or tsx, killed without a chance to pass a signal on).
 *
 * @param stop called once
 */
export function onStop(stop: () => void): void {
  let stopped = false;
  const once = () => {
    if (stopped) return;
    stopped = true;
    clearInterval(watch);
    stop();
  };
  // Listeners stay: tsx passes on a Ctrl-C that the terminal has sent as well, and the second of
  // the two must not kill the process while it cleans up.
  for (const signal of SIGNALS) process.on(signal, once);

  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) once();
  }, 1000);
  watch.unref();
}
