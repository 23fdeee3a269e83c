import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { send } from '../../../tests/support/http';
import { freePort } from '../../../tests/support/site';

/** A running `npm run dev`. */
export interface Development {
  readonly origin: string;
  /** From the command to the end of the first page. */
  readonly seconds: number;
  stop(): Promise<void>;
}

const PATIENCE = 120_000;
/** A timer that doesn't keep the process running. */
const NO_HOLD = { ref: false };

/**
 * Runs what `npm run dev` runs, and waits for the front page.
 *
 * @param folder of the project
 * @param env its environment
 * @param isFirst whether to delete what was compiled before
 * @throws Error with the output if there is no page within two minutes
 */
export async function startDevelopment(
  folder: string,
  env: NodeJS.ProcessEnv,
  isFirst: boolean,
): Promise<Development> {
  if (isFirst) rmSync(join(folder, '.next/dev'), { recursive: true, force: true });
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'tools/setup/dev.ts', '--port', String(port)],
    { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    // It ends Next and the local pool.
    child.kill('SIGTERM');
    await ended;
  };
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const asked = send(`${origin}/`).catch(() => undefined);
    const answer = await Promise.race([asked, wait(deadline - Date.now(), undefined, NO_HOLD)]);
    if (answer?.status === 200) break;
    if (child.exitCode === null && Date.now() < deadline) await wait(20);
    else {
      await stop();
      throw new Error(`npm run dev shows no page:\n${output.join('')}`);
    }
  }
  return { origin, seconds: (performance.now() - began) / 1000, stop };
}
