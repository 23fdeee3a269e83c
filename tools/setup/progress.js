// Shows progress: what is running, for how long, and how it ended.

const { env, stdout } = process;
const colored = env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : Boolean(stdout.hasColors?.());

/** Whether our own output is colored; commands whose output we show should do the same. */
export const colors = colored;

/** @type {Set<{ label: string, start: number }>} what is running, oldest first */
const running = new Set();
/** @type {NodeJS.Timeout | undefined} */
let timer;

/**
 * Shows that something has started, and its seconds if it takes more than two. Several can run at the
 * same time: on a terminal they share one line.
 * @param {string} label
 * @returns {(ok: boolean, result: string) => void} prints the result on one line
 */
export function progress(label) {
  const task = { label, start: performance.now() };
  running.add(task);
  if (stdout.isTTY) draw();
  else stdout.write(`▸ ${label}\n`);
  // A log can't overwrite a line, so it gets a new one every ten seconds.
  timer ??= setInterval(stdout.isTTY ? draw : log, stdout.isTTY ? 1000 : 10_000);

  return (ok, result) => {
    running.delete(task);
    if (stdout.isTTY) stdout.write('\r\x1b[K');
    stdout.write(`${mark(ok)} ${label}: ${result}, ${secondsOf(task).toFixed(1)} s\n`);
    if (running.size > 0) {
      if (stdout.isTTY) draw();
      return;
    }
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * @param {boolean} ok
 * @returns {string} a check mark or a cross
 */
export function mark(ok) {
  if (!colored) return ok ? '✓' : '✗';
  return ok ? '\x1b[32m✓\x1b[39m' : '\x1b[31m✗\x1b[39m';
}

function draw() {
  const parts = [...running].map((task) => {
    const seconds = secondsOf(task);
    return seconds > 2 ? `${task.label} … ${Math.round(seconds)} s` : task.label;
  });
  stdout.write(`\r\x1b[K▸ ${parts.join(', ')}`);
}

function log() {
  for (const task of running) {
    stdout.write(`  ${task.label}: ${Math.round(secondsOf(task))} s …\n`);
  }
}

function secondsOf({ start }) {
  return (performance.now() - start) / 1000;
}
