// Runs each command in its own process group, so that Ctrl-C ends the command and everything it started.
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

const windows = process.platform === 'win32';
/** The longest delay of a timer: 24 days. */
const NO_LIMIT = 2 ** 31 - 1;
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** @type {Set<number>} the process IDs of running commands, which are also their group IDs */
const running = new Set();
let interrupted = false;

/**
 * Runs a command and waits until it ends. Ends everything that it started, too.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, limit?: number, show?: boolean }} [options]
 *   `limit` is the time limit in milliseconds; `show` prints the command's output as it arrives
 * @returns {Promise<{ ok: boolean, output: string, timedOut: boolean }>} `output` is what it printed
 *   on both streams
 */
export async function run(command, args, { cwd, env, shell = false, limit, show } = {}) {
  // After Ctrl-C, start nothing new: the caller waits here until the process exits.
  if (interrupted) return new Promise(() => {});

  // On Windows `detached` would open a console window; taskkill finds the tree without it.
  const stdio = /** @type {const} */ (['ignore', 'pipe', 'pipe']);
  const child = spawn(command, args, {
    cwd,
    env,
    shell,
    stdio,
    detached: !windows,
    windowsHide: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (show) process.stdout.write(text);
    });
  }

  const closed = new Promise((resolve) => child.once('close', resolve));
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, reason: error.message }));
    child.once('exit', (code, signal) => {
      const reason = signal ? `${command} was stopped by ${signal}` : '';
      resolve({ ok: code === 0, reason });
    });
  });
  if (child.pid !== undefined) running.add(child.pid);
  let timedOut = false;
  const timer = setTimeout(async () => {
    timedOut = true;
    if (child.pid !== undefined) await stop(child.pid, 0);
  }, limit ?? NO_LIMIT);
  const { ok, reason } = await exited;
  clearTimeout(timer);
  // The signal handler below ends the rest of the group, and then this process.
  if (interrupted) return new Promise(() => {});

  if (child.pid !== undefined) {
    signalGroup(child.pid, 'SIGKILL');
    running.delete(child.pid);
    // Wait for the last output, but not for a stray grandchild that keeps the stream open.
    await Promise.race([closed, wait(1000, undefined, { ref: false })]);
  }
  return { ok, output: reason ? `${output}${reason}\n` : output, timedOut };
}

/**
 * Makes Ctrl-C and other stop signals end the running commands and then this process.
 * @param {{ grace: number }} options how many milliseconds the commands have to clean up
 * @returns {() => void} removes the handlers
 */
export function stopOnSignals({ grace }) {
  const handlers = Object.entries(EXIT_CODES).map(([signal, code]) => {
    const handler = async () => {
      // npm forwards the Ctrl-C that the terminal has already sent us.
      if (interrupted) return;
      interrupted = true;

      await Promise.all([...running].map((pid) => stop(pid, grace)));
      process.stdout.write('\nStopped.\n');
      process.exit(code);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}

/** @param {number} pid */
async function stop(pid, grace) {
  if (windows) {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }

  // A command may end before its children do: a test's browser may still be removing its profile.
  const deadline = Date.now() + grace;
  if (grace > 0) signalGroup(pid, 'SIGTERM');
  while (Date.now() < deadline && signalGroup(pid, 0)) await wait(50);
  signalGroup(pid, 'SIGKILL');
}

/** @returns {boolean} whether the group still had a process */
function signalGroup(pid, signal) {
  // Windows has no process groups; taskkill finds children by their parent.
  if (windows) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
