import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { usageOf } from '../bench/cpu';

/** One start of a process, up to its first answer. */
export interface ColdStart {
  /** From the start of the process to the end of its first answer, in milliseconds. */
  readonly milliseconds: number;
  /** User and system time of all its threads until then, in milliseconds. */
  readonly cpu: number;
}

/** What to start. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The port that it will listen on; undefined if it sends `{ port }` to its parent. */
  readonly port?: number;
}

const PATIENCE = 30_000;

/**
 * Starts a process, waits for its first answer, and ends it.
 *
 * @param program what to start, in a process group of its own
 * @param ask sends the first request to a port; throws an error with a `code` while nothing listens
 * @param after called before it ends, with the ID of the process
 * @throws Error of `ask`, or with the output if the process ends too early
 */
export async function startCold(
  program: Program,
  ask: (port: number) => Promise<unknown>,
  after: (pid: number) => Promise<void> = async () => {},
): Promise<ColdStart> {
  const began = performance.now();
  const child = fork(program.file, [...program.args], {
    cwd: program.folder,
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      ...program.environment,
    },
  });
  const pid = child.pid ?? 0;
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await firstAnswer(program.port ?? (await portOf(child)), child, ask);
    const milliseconds = performance.now() - began;
    const { cpu } = usageOf(pid);
    await after(pid);
    return { milliseconds, cpu };
  } catch (cause) {
    throw new Error(`${program.file} did not answer as expected:\n${output.join('')}`, { cause });
  } finally {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
    await ended;
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(Number(Object(message).port)));
    child.once('exit', () => reject(new Error('It ended before it listened.')));
  });
}

async function firstAnswer(
  port: number,
  child: ChildProcess,
  ask: (port: number) => Promise<unknown>,
): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      await ask(port);
      return;
    } catch (error) {
      const isDown = error instanceof Error && 'code' in error;
      if (!isDown || child.exitCode !== null || Date.now() > deadline) throw error;
      await wait(5);
    }
  }
}
