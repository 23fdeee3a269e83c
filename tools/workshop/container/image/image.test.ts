/**
 * Tests the image without a container engine: runs the Dockerfile's steps in folders on this machine, and its
 * command in a folder that it can't write to, as a user who owns none of the files.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startLocalPool, type TestPool } from '@/lib/local-pool/src/testing';
import { run } from '@/tools/setup/child.js';
import { launchBrowser } from '../../../../tests/support/browser';
import { send } from '../../../../tests/support/http';
import { atWork, complaintsOf } from '../../../../tests/support/person';
import { freePort } from '../../../../tests/support/site';
import { createVisitor } from '../../../../tests/support/visitor';
import { fields, texts } from '../../support/cloudformation';
import { commandOf, lastStep, stageOf } from '../../support/dockerfile';
import { createBuilder, type Image, withEnvironment } from '../../support/image';

/** The system user `nobody`. Without root, everything runs as the current user. */
const OWNER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const CMD = commandOf(lastStep(stageOf('site'), 'CMD'));
const builder = createBuilder();

let image: Image;
let pool: TestPool;
let server: Running | undefined;

beforeAll(async () => {
  image = await builder.build('site');
  builder.seal(image);
});
afterEach(async () => {
  await server?.kill();
  await pool?.close();
});
afterAll(() => builder.remove());

interface Running {
  readonly origin: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  output(): string;
  /** Sends SIGTERM. */
  terminate(): void;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  kill(): Promise<unknown>;
}

/** Starts a command in the image, with its own local pool. */
async function start(command: readonly string[] = CMD): Promise<Running> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  pool = await startLocalPool({ site: origin, env: {} });
  const environment = { ...image.environment, ...pool.environment(), PORT: String(port) };
  const [program, ...args] = withEnvironment(environment, command);
  const child = spawn(program, args, {
    cwd: image.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...OWNER,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  const running: Running = {
    origin,
    port,
    environment,
    output: () => output,
    terminate: () => child.kill('SIGTERM'),
    ended,
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
  server = running;
  await untilListening(port, ended, () => output);
  return running;
}

describe('the image', () => {
  test('has the server and the site’s files, and no other source, test, package or setting', () => {
    const names = readdirSync(image.folder).sort();
    expect(names).toEqual(['.next', 'node_modules', 'package.json', 'public', 'server.js']);
    const packages = readdirSync(join(image.folder, 'node_modules'));
    for (const name of ['hono', 'tsx', 'typescript', 'vitest', '@biomejs', 'sharp', '@img']) {
      expect(packages).not.toContain(name);
    }
    expect(readdirSync(join(image.folder, 'public'))).toEqual(readdirSync('public'));
  });

  test('serves pages and files, signs alice in, and writes nothing', async () => {
    const { origin, output } = await start();
    const alice = createVisitor(origin);
    expect((await send(`${origin}/icon.svg`)).status).toBe(200);
    const [, script = ''] =
      /src="(\/_next\/static\/[^"]+\.js)"/.exec((await alice.open('/')).body) ?? [];
    expect((await send(`${origin}${script}`)).status).toBe(200);
    const redirect = (await alice.open('/profile')).headers.get('location');
    expect(redirect).toMatch(new RegExp(`^${pool.origin}/oauth2/authorize\\?`));
    expect(await alice.signIn('alice')).toMatchObject({ status: 200, url: `${origin}/profile` });
    expect(output()).not.toMatch(/EROFS|EACCES|EPERM|ENOENT|Error/);
  });

  test('serves a static page for a CDN, which hydrates under the hashes of its scripts', async () => {
    const { origin } = await start();
    const { status, headers, setCookies, body } = await send(`${origin}/privacy`);
    expect([status, setCookies, body.includes('nonce=')]).toEqual([200, [], false]);
    expect(headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=\d+/);
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self'( 'sha256-[^']+')+;/);
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext();
      const complaints = complaintsOf(context);
      const page = await context.newPage();
      await page.goto(`${origin}/privacy`);
      await atWork(page);
      await page.getByRole('button', { name: 'Dark theme' }).click();
      expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('also starts with the command of compose.yaml', async () => {
    const compose = fields(parse(readFileSync('compose.yaml', 'utf8')));
    const { origin } = await start(texts(fields(fields(compose.services).site).command));
    expect(await createVisitor(origin).signIn('alice')).toMatchObject({ status: 200 });
  });

  test.skipIf(!existsSync('app/healthz'))('passes its own health check', async () => {
    const { environment } = await start();
    const check = commandOf(lastStep(stageOf('site'), 'HEALTHCHECK'));
    const [program, ...args] = withEnvironment(environment, check);
    expect(await run(program, args)).toMatchObject({ ok: true });
  });

  test('on SIGTERM stops accepting requests, finishes the open ones, and exits', async () => {
    const { port, ended, terminate } = await start();
    // Announces ten bytes and sends five, once the server has confirmed the head of the request.
    const slow = request({
      port,
      path: '/logout',
      method: 'POST',
      agent: false,
      headers: {
        expect: '100-continue',
        'content-length': 10,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'text/html',
        origin: `http://localhost:${port}`,
      },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      slow.once('error', reject).once('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
    });
    await new Promise((resolve) => {
      slow.once('continue', resolve);
      slow.flushHeaders();
    });
    slow.write('every');
    terminate();
    await untilClosed(port);
    slow.end('where');
    expect(await answered).toBe(303);
    // 128 plus the number of SIGTERM: Next exits with it after a requested stop. A killed process has 137.
    expect(await ended).toBe(143);
  });
});

test('the pool’s image has all that the local pool needs', async () => {
  const own = await builder.build('pool');
  const command = [...commandOf(lastStep(stageOf('pool'), 'CMD')), '--port', '0'];
  const [program, ...args] = withEnvironment(own.environment, command);
  const child = spawn(program, args, {
    cwd: own.folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const domain = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.once('exit', () => reject(new Error(output)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const [, found] = /^COGNITO_DOMAIN=(\S+)$/m.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  expect((await fetch(`${domain}/us-east-1_LocalPool/.well-known/jwks.json`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

async function untilListening(
  port: number,
  ended: Promise<unknown>,
  output: () => string,
): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!(await isOpen(port))) {
    if (over) throw new Error(`The server ended:\n${output()}`);
    await pause();
  }
}

async function untilClosed(port: number): Promise<void> {
  while (await isOpen(port)) await pause();
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket
      .once('error', () => resolve(false))
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      });
  });
}
