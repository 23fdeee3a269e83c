import { type ChildProcess, spawn } from 'node:child_process';
import type { Env } from '../../../lib/local-pool/src/refuse-to-serve';

/** A running `next dev` with its child processes. */
export interface SiteProcess {
  /** Resolves with the exit code when it ends, or with 1 if a signal ended it. */
  readonly ended: Promise<number>;
  /** Ends the whole process tree: with SIGTERM, and after a few seconds with SIGKILL. */
  stop(): Promise<void>;
}

const GRACE_MS = 5000;
const IS_WINDOWS = process.platform === 'win32';

/**
 * Starts `next dev` in its own process group, so that its children can be ended with it. It gets no
 * terminal input, because a background group cannot read it.
 *
 * @param port the site's port
 * @param host the address to listen on
 * @param env the site's complete environment
 */
export function startSite(port: number, host: string, env: Env): SiteProcess {
  const command = ['node_modules/next/dist/bin/next', 'dev', '-p', String(port), '-H', host];
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: !IS_WINDOWS,
    env: { ...env, NODE_ENV: 'development' },
  });
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      console.error(`Could not start next dev: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
  // The last resort, in case an error ends this process.
  process.once('exit', () => signalTree(child, 'SIGKILL'));

  return {
    ended,
    async stop() {
      signalTree(child, 'SIGTERM');
      const insist = setTimeout(() => signalTree(child, 'SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(insist);
      // The first process has ended; end what is left of its group.
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
    // The group has no process left.
  }
}

/**
 * Waits until the site sends any response, and reports every few seconds that it is still waiting.
 *
 * @param url the site's address
 * @param ended resolves when the site has ended, which stops the waiting
 * @returns whether the site responded
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
    // The first response has to wait for the first compilation.
    const signal = AbortSignal.timeout(60_000);
    await fetch(url, { redirect: 'manual', signal });
    return true;
  } catch {
    return false;
  }
}
