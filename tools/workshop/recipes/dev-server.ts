import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { send } from '@/tests/support/http';

/**
 * Starts `next dev`, as `npm run dev` does for a site with a user pool of its own.
 *
 * @param folder the repository
 * @param port to listen on
 * @param env all variables
 * @throws Error if it doesn't respond within a minute
 */
export async function startDevServer(
  folder: string,
  port: number,
  env: NodeJS.ProcessEnv,
): Promise<{ output(): string; close(): Promise<void> }> {
  const args = ['node_modules/next/dist/bin/next', 'dev', '-p', String(port)];
  const child = spawn(process.execPath, args, { cwd: folder, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const close = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await send(`http://localhost:${port}/healthz`).catch(() => undefined);
    if (answer?.status === 200) return { output: () => output, close };
    if (Date.now() > end || child.exitCode !== null) {
      await close();
      throw new Error(`next dev doesn't respond. Its output:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
