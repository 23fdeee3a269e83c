import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { DOCUMENT } from '../../../tests/support/visitor';
import type { App } from '../bench/apps';
import { assemble, build, folderOf, NEXT } from '../bench/assemble';
import { ask } from '../bench/load';
import { reserve } from '../bench/servers';
import { EMAIL } from '../bench/sessions';
import { unpackFunctions } from '../vercel/output';
import { ask as askInstance, type Reply } from '../vercel/wire';
import { type ColdStart, type Program, startCold } from './start';
import { type ColdVisitor, signInBefore } from './visitor';

/** A place in which a site starts. */
export interface Host {
  readonly title: string;
  readonly build: Build;
  /** What starts, and the request that it answers first. */
  start(folder: string, port: number, visitor: ColdVisitor): Started;
}

/** A kind of build. */
interface Build {
  readonly name: string;
  readonly environment?: Readonly<Record<string, string>>;
}

interface Started {
  readonly program: Program;
  readonly ask: (port: number) => Promise<unknown>;
}

const ROOT = resolve('.');
const VERCEL = resolve('tools/workshop/vercel');
const ADAPTER = join(VERCEL, 'node_modules/@vercel/next/dist/adapter/index.js');
const PAGE = '/profile';

const PLAIN: Build = { name: 'plain' };
const STANDALONE: Build = { name: 'standalone', environment: { BUILD_STANDALONE: '1' } };
const FOR_VERCEL: Build = { name: 'vercel', environment: { NEXT_ADAPTER_PATH: ADAPTER } };

/** Where the site is measured. */
export const HOSTS: readonly Host[] = [
  {
    title: '`next start`',
    build: PLAIN,
    start: (folder, port, visitor) =>
      server({ file: NEXT, args: ['start', '-p', String(port)], folder, port }, visitor),
  },
  {
    title: '`node server.js`, as in the image',
    build: STANDALONE,
    start(folder, port, visitor) {
      // The bench's folder is the root of the build.
      const home = join(folder, '.next/standalone/.build', basename(folder));
      const environment = { PORT: String(port), HOSTNAME: 'localhost' };
      return server({ file: 'server.js', args: [], folder: home, environment, port }, visitor);
    },
  },
  {
    title: 'Vercel: an isolate for the middleware',
    build: FOR_VERCEL,
    start: (folder, port, visitor) =>
      instance(
        ['edge.js', join(folder, '.next/output/functions/_middleware.func')],
        { folder, port, visitor },
        ({ headers }) => headers.has('x-middleware-next'),
      ),
  },
  {
    title: 'Vercel: a function for the page',
    build: FOR_VERCEL,
    start: (folder, port, visitor) =>
      instance(['function.cjs', unpacked(folder)], { folder, port, visitor }, ({ body }) =>
        body.includes(EMAIL),
      ),
  },
];

type Unset = Omit<Program, 'environment'> & Partial<Program>;

function server(program: Unset, { environment, cookie }: ColdVisitor): Started {
  return {
    program: { ...program, environment: { ...environment, ...program.environment } },
    ask: (port) => {
      const origin = `http://localhost:${port}`;
      return ask({ origin, path: PAGE, status: 200, text: EMAIL, cookies: [cookie] }, cookie);
    },
  };
}

/** One process of `tools/workshop/vercel`: a part of the site, alone. */
function instance(
  [file = '', ...args]: readonly string[],
  { folder, port, visitor }: { folder: string; port: number; visitor: ColdVisitor },
  isRight: (reply: Reply) => boolean,
): Started {
  const headers = new Headers({ ...DOCUMENT, cookie: visitor.cookie, 'x-matched-path': PAGE });
  headers.set('host', `localhost:${port}`);
  const environment = { ...visitor.environment, VERCEL: '1' };
  return {
    program: { file: join(VERCEL, file), args, folder, environment },
    async ask(own) {
      const asked = { method: 'GET', path: PAGE, headers, body: Buffer.alloc(0) };
      const reply = await askInstance(own, asked);
      if (!isRight(reply)) throw new Error(`${reply.status}: ${reply.body.subarray(0, 200)}`);
    },
  };
}

const functions = new Map<string, string>();

/** The files of a build's pages, outside the project: no package is found in a parent folder. */
function unpacked(folder: string): string {
  const known = functions.get(folder) ?? mkdtempSync(join(realpathSync(tmpdir()), 'functions-'));
  if (!functions.has(folder)) {
    functions.set(folder, known);
    process.once('exit', () => rmSync(known, { recursive: true, force: true }));
    unpackFunctions(ROOT, known, folder);
  }
  return join(known, 'page', relative(ROOT, folder));
}

/** The folder of a site's build for a host. */
export function buildFolder(app: App, host: Host): string {
  return folderOf(named(app, host));
}

/**
 * Builds a site for a host.
 *
 * @param app one of the bench's
 * @param host where it will run
 * @throws Error with Next's output
 */
export async function buildFor(app: App, host: Host): Promise<void> {
  const { environment = {} } = host.build;
  assemble(named(app, host));
  Object.assign(process.env, environment);
  try {
    await build(named(app, host));
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
  }
}

function named(app: App, { build: { name } }: Host): App {
  return { ...app, name: `${app.name}-${name}` };
}

/** What a start needs besides the build. */
export interface StartOptions {
  /** How long the user pool takes to send its keys, in milliseconds. */
  readonly keysAfter: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called before the process ends, with its ID. */
  readonly after?: (pid: number) => Promise<void>;
}

/**
 * Starts a site once, and opens its private page.
 *
 * @param folder of its build
 * @param host where it runs
 * @param options of this start
 * @throws Error if the page isn't the user's
 */
export async function startOnce(
  folder: string,
  host: Host,
  options: StartOptions,
): Promise<ColdStart> {
  const { port, origin } = await reserve();
  const visitor = await signInBefore(origin, options.keysAfter);
  try {
    const { program, ask: first } = host.start(folder, port, visitor);
    const environment = { ...program.environment, ...options.environment };
    return await startCold({ ...program, environment }, first, options.after);
  } finally {
    await visitor.close();
  }
}
