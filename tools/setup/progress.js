// What a person sees while they wait: that something runs, for how long, and how it ended.

const { env, stdout } = process;
const colored = env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : Boolean(stdout.hasColors?.());

/** Whether our own output has colours; commands whose output we pass on should do as we do. */
export const colors = colored;

/**
 * Says that something starts, and shows the seconds if it takes more than two.
 * @param {string} label
 * @returns {(ok: boolean, result: string) => void} ends it with one line
 */
export function progress(label) {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;

  // A log can't overwrite a line: it gets the start, and a sign of life every ten seconds.
  if (stdout.isTTY) stdout.write(`▸ ${label}`);
  else stdout.write(`▸ ${label}\n`);
  const timer = setInterval(
    () => {
      const elapsed = `${Math.round(seconds())} s`;
      if (!stdout.isTTY) stdout.write(`  ${label}: ${elapsed} …\n`);
      else if (seconds() > 2) stdout.write(`\r▸ ${label} … ${elapsed}`);
    },
    stdout.isTTY ? 1000 : 10_000,
  );

  return (ok, result) => {
    clearInterval(timer);
    if (stdout.isTTY) stdout.write('\r\x1b[K');
    stdout.write(`${mark(ok)} ${label}: ${result}, ${seconds().toFixed(1)} s\n`);
  };
}

/**
 * @param {boolean} ok
 * @returns {string} a tick or a cross
 */
export function mark(ok) {
  if (!colored) return ok ? '✓' : '✗';
  return ok ? '\x1b[32m✓\x1b[39m' : '\x1b[31m✗\x1b[39m';
}
