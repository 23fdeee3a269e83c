import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../../tests/support/site';
import { NEXT } from './assemble';

/** A server in its own process group, so that its processor time can be read. */
export interface Server {
  readonly group: number;
  /** E.g. `http://localhost:41234`. */
  readonly origin: string;
  close(): Promise<void>;
}

const running = new Set<number>();
process.on('exit', () => {
  for (const group of running) kill(group);
});

/** A free port and its origin: sessions are made for the origin before a server listens there. */
export async function reserve(): Promise<{ port: number; origin: string }> {
  const port = await freePort();
  return { port, origin: `http://localhost:${port}` };
}

/**
 * Starts a server, and waits for a page.
 *
 * @param folder of the build
 * @param at from `reserve`
 * @param environment of the app; from this process it gets only what Node needs
 * @param isUp requests the page; throws while nothing listens
 * @param command Node's arguments, before the port; default: `next start`
 * @throws Error if the server ends or does not respond within 30 seconds
 */
export async function startServer(
  folder: string,
  at: { port: number; origin: string },
  environment: Readonly<Record<string, string>>,
  isUp: () => Promise<unknown>,
  command: readonly string[] = [NEXT, 'start'],
): Promise<Server> {
  let output = '';
  const child = spawn(process.execPath, [...command, '-p', String(at.port)], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const group = child.pid ?? 0;
  running.add(group);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(-20_000);
    });
  }
  let closing = false;
  child.once('exit', (code, signal) => {
    if (!closing) console.error(`\nThe server in ${folder} ended (${code ?? signal}):\n${output}`);
  });
  const close = async () => {
    closing = true;
    kill(group);
    await ended(child);
    running.delete(group);
  };
  try {
    await untilUp(child, isUp);
  } catch (error) {
    await close();
    throw new Error(`The server in ${folder} did not start correctly:\n${output}`, {
      cause: error,
    });
  }
  return { group, origin: at.origin, close };
}

async function untilUp(child: ChildProcess, isUp: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await isUp();
      return;
    } catch (error) {
      const listening = !(error instanceof Error && 'code' in error);
      if (listening || child.exitCode !== null || Date.now() > deadline) throw error;
      await wait(5);
    }
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

function kill(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // The group has already ended.
  }
}
