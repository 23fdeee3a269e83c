import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Group } from './files';

/** The processes of one server. Each has its own memory. */
export interface Instances {
  /** The port of an instance, in turn. */
  port(of: 'middleware' | Group): number;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * Starts the processes: of the middleware, of the pages and of the route handlers, each `count` times.
 *
 * @param output the folder with `config.json`
 * @param functions the folder with the traced files of `page` and `api`; their launcher is in `HOST_APP` below it
 * @param count how many instances of each
 */
export async function startInstances(
  output: string,
  functions: string,
  count: number,
): Promise<Instances> {
  const app = process.env.HOST_APP ?? '';
  const folders = {
    middleware: ['edge.js', join(output, 'functions/_middleware.func')],
    page: ['function.cjs', join(functions, 'page', app)],
    api: ['function.cjs', join(functions, 'api', app)],
  };
  const ports = new Map<string, number[]>();
  await Promise.all(
    Object.entries(folders).map(async ([name, [file = '', folder = '']]) => {
      const started = Array.from({ length: count }, () => start(join(HERE, file), folder));
      ports.set(name, await Promise.all(started));
    }),
  );
  let turn = 0;
  return {
    port(of) {
      const own = ports.get(of) ?? [];
      // Each call takes the next instance: a page never runs beside "its" middleware for long.
      return own[turn++ % own.length] ?? 0;
    },
  };
}

function start(file: string, folder: string): Promise<number> {
  const child: ChildProcess = fork(file, [folder], { env: ownEnvironment(), execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(Number(Object(message).port)));
    child.once('exit', (code) => reject(new Error(`${file} ended with code ${code}.`)));
  });
}

/** The variables of a deployment, without those of this machine's shell and of the tests. */
function ownEnvironment(): NodeJS.ProcessEnv {
  // The bench also serves apps with other variables.
  const more = ['HOST_VARIABLES', ...(process.env.HOST_VARIABLES ?? '').split(',')];
  const names = Object.keys(process.env).filter(
    (name) => /^(COGNITO_|SESSION_|PREVIEW_|LANG|PATH$|TZ$)/.test(name) || more.includes(name),
  );
  const own = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  return { ...own, NODE_ENV: 'production', VERCEL: '1', NEXT_TELEMETRY_DISABLED: '1' };
}
