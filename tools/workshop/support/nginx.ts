import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { send } from '../../../tests/support/http';
import { freePort, type RunningSite, startSite } from '../../../tests/support/site';

/** The nginx settings from the README. */
export function readmeLines(): string {
  const readme = readFileSync('README.md', 'utf8');
  const [, lines] = /```nginx\n([^`]+)```/.exec(readme) ?? [];
  if (!lines) throw new Error('The README contains no nginx settings.');
  return lines;
}

/**
 * Starts the built site behind a real nginx, which must be installed.
 *
 * @param lines of its `server` block; `$folder` is a temporary folder
 * @param httpLines the same, for its `http` block
 */
export async function startSiteBehindNginx(lines: string, httpLines = ''): Promise<RunningSite> {
  const port = await freePort();
  const site = await startSite({ publicOrigin: `http://localhost:${port}` });
  const nginx = await startNginx(port, site.address, { lines, httpLines });
  return {
    ...site,
    close: async () => {
      await nginx.stop();
      await site.close();
    },
  };
}

async function startNginx(
  port: number,
  target: string,
  { lines, httpLines }: { lines: string; httpLines: string },
): Promise<{ stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  // If root starts nginx, its workers run as another user.
  chmodSync(folder, 0o755);
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
     events {}
     http {
       access_log off;
       ${places}
       ${httpLines.replaceAll('$folder', folder)}
       server {
         listen 127.0.0.1:${port};
         ${lines}
         location / { proxy_pass ${target.replace('localhost', '127.0.0.1')}; proxy_set_header Host $http_host; }
       }
     }`,
  );
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
  });
  await untilResponse(port, child);
  return {
    stop: async () => {
      await new Promise((resolve) => child.once('exit', resolve).kill('SIGQUIT'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilResponse(port: number, child: ChildProcess): Promise<void> {
  let failure: unknown;
  child.once('error', (error) => {
    failure = error;
  });
  for (let tries = 0; tries < 100; tries++) {
    if (failure)
      throw new Error('nginx could not be started. Is it installed?', { cause: failure });
    const answer = await send(`http://127.0.0.1:${port}/icon.svg`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nginx does not respond.');
}
