import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';

/** A virtual screen for browsers that can't run without one. */
export interface Display {
  /** For the variable `DISPLAY`. */
  readonly name: string;
  close(): void;
}

/** Starts Xvfb, which chooses a free number for its screen. */
export async function startDisplay(): Promise<Display> {
  const screen = ['-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
  const xvfb = spawn('Xvfb', ['-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const channel = xvfb.stdio[3];
  if (!(channel instanceof Readable)) throw new Error('Xvfb can’t say the number of its screen.');
  const [number] = await once(channel, 'data');
  return { name: `:${String(number).trim()}`, close: () => void xvfb.kill() };
}
