import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { ADVICE } from '@/lib/cognito/config/advice';
import type { LocalPool } from '@/lib/local-pool/src/pool';
import type { LocalPoolSettings } from '@/lib/local-pool/src/settings';
import type { TestPool } from '@/lib/local-pool/src/testing';
import { send } from './http';
import { startLocalPool } from './local-pool';

export const SECRET = 'tests-only:6f1d0c2b9a8e7d4c3b2a5f8e1d7c';

export interface RunningSite {
  /** The site's public origin. */
  readonly origin: string;
  /** The origin where it listens. Differs from `origin` behind a proxy. */
  readonly address: string;
  readonly pool: LocalPool;
  /** The test kit of its pool. */
  readonly kit: TestPool;
  readonly environment: Readonly<Record<string, string>>;
  /** The server's process IDs. */
  readonly pids: readonly number[];
  /** Everything the server has printed so far. */
  output(): string;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** Variables that override the pool's environment. An empty string unsets a variable. */
  env?: Record<string, string>;
  pool?: Partial<LocalPoolSettings>;
  /** `/login` or `/login/`. */
  redirectPath?: string;
  /** The public origin, if the site is behind a proxy. */
  publicOrigin?: string;
  /** The folder with the build; by default the current folder. */
  folder?: string;
}

/**
 * Starts the built site with its own user pool, both on free ports.
 *
 * @param options what differs from the default site
 */
export async function startSite(options: SiteOptions = {}): Promise<RunningSite> {
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const origin = options.publicOrigin ?? address;
  const served = await startLocalPool({
    site: origin,
    redirectPath: options.redirectPath ?? '/login',
    siteEnv: { SESSION_SECRET: SECRET, ...options.env },
    env: {},
    ...options.pool,
  });
  const environment = served.environment();
  const server = await startServer(port, environment, options.folder);
  return {
    origin,
    address,
    pool: served.pool,
    kit: served,
    environment,
    pids: [server.pid],
    output: server.output,
    close: async () => {
      await Promise.all([server.close(), served.close()]);
    },
  };
}

/** What runs the build: `next start`, or a server that imitates another host. */
const SERVER = process.env.SITE_SERVER
  ? ['--import', 'tsx', process.env.SITE_SERVER]
  : ['node_modules/next/dist/bin/next'];

/**
 * Runs `next start` with these variables. All other variables of a site are unset.
 *
 * @param port to listen on
 * @param environment of the site
 * @param folder with the build; by default the current folder
 */
export async function startServer(
  port: number,
  environment: Record<string, string>,
  folder = '.',
): Promise<{ pid: number; output(): string; close(): Promise<void> }> {
  let output = '';
  const child = spawn(process.execPath, [...SERVER, 'start', '-p', String(port)], {
    env: {
      ...inherited(),
      ...unset(),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  await untilItAnswers(`http://localhost:${port}/icon.svg`, child, () => output);
  return { pid: child.pid ?? 0, output: () => output, close: () => stop(child) };
}

/** Finds a free port. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}

async function untilItAnswers(
  url: string,
  child: ChildProcess,
  output: () => string,
): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) {
      throw new Error(
        `next start exited. Did you run npm run build first? Its output:\n${output()}`,
      );
    }
    const answer = await send(url).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`next start didn’t respond within 30 seconds. Its output:\n${output()}`);
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function inherited(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== 'PORT') kept[name] = value;
  }
  return kept;
}

/** Sets every variable of a site to an empty string. Next would read missing ones from `.env.local`. */
function unset(): Record<string, string> {
  return Object.fromEntries(Object.keys(ADVICE).map((name) => [name, '']));
}
