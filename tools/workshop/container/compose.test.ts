/** What compose.yaml promises: a trial setup that only this machine can reach, and that works without changes. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { parseCliOptions } from '@/lib/local-pool/src/cli-options';
import { completeSettings } from '@/lib/local-pool/src/default-settings';
import { siteEnvironment } from '@/lib/local-pool/src/environment';
import { forward } from '@/lib/local-pool/src/forward.js';
import { seedClients } from '@/lib/local-pool/src/seed';
import { startLocalPool } from '@/lib/local-pool/src/testing';
import { fields, texts } from '../support/cloudformation';
import { commandOf, environmentOf, lastStep, stageOf } from '../support/dockerfile';

const services = fields(fields(parse(readFileSync('compose.yaml', 'utf8'))).services);
const [pool, forwarded, site] = ['pool', 'forward', 'site'].map((name) => fields(services[name]));
const SITE = 'http://localhost:3000';

describe('only this machine can reach it', () => {
  test('ports are published only on the host’s loopback', () => {
    for (const service of Object.values(services)) {
      const { ports = [] } = fields(service);
      for (const port of texts(ports)) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    }
    expect(texts(pool?.ports)).toEqual(['127.0.0.1:3000:3000', '127.0.0.1:9339:9340']);
  });

  test('all services share one network, in which the pool listens on loopback as usual', () => {
    expect(Object.keys(services)).toEqual(['pool', 'forward', 'site']);
    expect([forwarded?.network_mode, site?.network_mode]).toEqual(['service:pool', 'service:pool']);
    expect(pool).not.toHaveProperty('network_mode');
    // The pool's own checks read the environment, so compose.yaml must not set it.
    expect(pool).not.toHaveProperty('environment');
    expect(environmentOf(stageOf('pool'))).toEqual({});
  });

  test.each(Object.keys(services))('%s cannot write files, and has no privileges', (name) => {
    expect(fields(services[name])).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(fields(services[name])).not.toHaveProperty('volumes');
    expect(fields(services[name])).not.toHaveProperty('privileged');
  });
});

describe('it works without changes', () => {
  test('the site has the environment that the pool would print', () => {
    const environment = fields(site?.environment);
    const settings = completeSettings({ clients: seedClients(SITE) });
    const [client] = settings.clients;
    if (!client) throw new Error('The pool has no client');
    const where = { redirectUri: `${SITE}/login`, logoutUri: `${SITE}/` };
    expect(environment).toEqual(siteEnvironment(settings, client, where));
    const whole = {
      ...siteEnvironment(settings, client, where),
      SESSION_SECRET: randomBytes(32).toString('base64url'),
    };
    expect(parseConfig(whole)).toMatchObject({ ok: true, config: { origin: SITE } });
  });

  test('the pool starts as in its image, for this site and on the port that is forwarded to', () => {
    const command = texts(pool?.command);
    const own = commandOf(lastStep(stageOf('pool'), 'CMD'));
    expect(command.slice(0, own.length)).toEqual(own);
    const parsed = parseCliOptions(command.slice(own.length));
    expect(parsed).toMatchObject({ kind: 'run', options: { site: SITE, port: 9339 } });
    expect(texts(forwarded?.command)).toEqual([
      'node',
      'lib/local-pool/src/forward.js',
      '9340',
      '9339',
    ]);
  });

  test('the site starts the server of its image, with a new session secret each time', () => {
    const [node, flag, code = ''] = texts(site?.command);
    expect([node, flag]).toEqual(['node', '-e']);
    const [, script = ''] = commandOf(lastStep(stageOf('site'), 'CMD'));
    const answer = 'console.log(process.env.SESSION_SECRET)';
    const started = code.replace(`import('./${script}')`, answer);
    const say = () =>
      spawnSync(process.execPath, ['-e', started], { encoding: 'utf8' }).stdout.trim();
    const [first, second] = [say(), say()];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).not.toBe(first);
  });
});

describe('the forwarder', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function startRelay(to: number): Promise<number> {
    const started = forward(0, to);
    server = started;
    await new Promise((resolve) => started.once('listening', resolve));
    return portOf(started);
  }

  test('connects a browser on the host to the pool, and the pool refuses any other host name', async () => {
    const served = await startLocalPool({ env: {} });
    const port = await startRelay(Number(new URL(served.origin).port));
    const keys = `http://127.0.0.1:${port}/us-east-1_LocalPool/.well-known/jwks.json`;
    expect((await fetch(keys)).status).toBe(200);
    const { status } = await foreign(port);
    expect(status).toBe(403);
    await served.close();
  });

  test('keeps running while the pool is not reachable', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, resolve));
    const nowhere = portOf(closed);
    await new Promise((resolve) => closed.close(resolve));
    const port = await startRelay(nowhere);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    expect(server?.listening).toBe(true);
  });
});

/** A request with a host name that is not loopback's, as in DNS rebinding. */
async function foreign(port: number): Promise<{ status: number | undefined }> {
  const { get } = await import('node:http');
  return await new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', headers: { host: 'pool.example' }, agent: false };
    get(options, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode });
    }).on('error', reject);
  });
}

function portOf(listening: Server): number {
  const address = listening.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const compose = spawnSync('docker', ['compose', 'version'], { encoding: 'utf8' });
test.skipIf(compose.status !== 0)(
  'docker compose reads it (skipped where it is not installed)',
  () => {
    const { status, stderr } = spawnSync('docker', ['compose', 'config', '--quiet'], {
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  },
  60_000,
);
