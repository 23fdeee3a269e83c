const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls back once when this process should end: on Ctrl-C, on a signal, or when its parent process
 * ends (npm or tsx may be killed before they can pass a signal on).
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
  // The listeners stay, because a Ctrl-C arrives twice: from the terminal and from tsx. The second
  // one must not kill the process while it cleans up.
  for (const signal of SIGNALS) process.on(signal, once);

  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) once();
  }, 1000);
  watch.unref();
}
