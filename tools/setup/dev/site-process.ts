import { type ChildProcess, spawn } from 'node:child_process';
import type { Env } from '../../../lib/local-pool/src/refuse-to-serve';

/** A running `next dev` with all its children. */
export interface SiteProcess {
  /** Settles when it has ended, with its exit code; 1 if a signal ended it. */
  readonly ended: Promise<number>;
  /** Ends the whole tree: asks first, and after a few seconds insists. */
  stop(): Promise<void>;
}

const GRACE_MS = 5000;
const IS_WINDOWS = process.platform === 'win32';

/**
 * Starts `next dev`. It gets a process group of its own, so that its children can be ended with it;
 * and no terminal input, which a background group may not read.
 *
 * @param port the site's
 * @param env the whole environment of the site
 */
export function startSite(port: number, env: Env): SiteProcess {
  const command = ['node_modules/next/dist/bin/next', 'dev', '-p', String(port)];
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: !IS_WINDOWS,
    env: { ...env, NODE_ENV: 'development' },
  });
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      console.error(`next dev could not be started: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
  // The last resort, should the launcher itself die of an error.
  process.once('exit', () => signalTree(child, 'SIGKILL'));

  return {
    ended,
    async stop() {
      signalTree(child, 'SIGTERM');
      const insist = setTimeout(() => signalTree(child, 'SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(insist);
      // The first process is gone; whatever it left in the group goes too.
      signalTree(child, 'SIGKILL');
    },
  };
}

function signalTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  if (IS_WINDOWS) {
    if (child.exitCode === null) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/**
 * Waits until the site answers anything at all; says every few seconds that it still waits.
 *
 * @param url the site's address
 * @param ended the site's end, which ends the waiting too
 * @returns whether it answered
 */
export async function untilAnswering(url: string, ended: Promise<number>): Promise<boolean> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const started = Date.now();
  const progress = setInterval(() => {
    console.log(`Waiting for the site … ${Math.round((Date.now() - started) / 1000)} s`);
  }, 2500);
  try {
    while (!over) {
      if (await answers(url)) return true;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    return false;
  } finally {
    clearInterval(progress);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    // The first answer waits for the first compilation.
    const signal = AbortSignal.timeout(60_000);
    await fetch(url, { redirect: 'manual', signal });
    return true;
  } catch {
    return false;
  }
}
