/** Reads the steps of the Dockerfile and .dockerignore; tools/workshop/container/image runs them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { run } from '@/tools/setup/child.js';
import {
  commandOf,
  environmentOf,
  ignoreLines,
  isLetIn,
  lastStep,
  readStages,
  stageOf,
} from '../support/dockerfile';

const stages = readStages();
const steps = stages.flatMap((stage) => stage.steps);
const site = stageOf('site');

describe('the image', () => {
  test('is the official one of the Node version that the project is developed with', () => {
    const names = stages.map(({ name }) => name);
    const images = stages.map(({ from }) => from).filter((from) => !names.includes(from));
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toBe(`node:${readFileSync('.nvmrc', 'utf8').trim()}-bookworm-slim`);
  });

  test('is the site’s by default, and the pool’s only when it is named', () => {
    expect(stages.at(-1)?.name).toBe('site');
  });

  test('has no source files, and only the packages that the server needs', () => {
    const copies = site.steps.filter(({ keyword }) => keyword === 'COPY');
    expect(copies.map(({ flags }) => flags.get('from'))).toEqual(['build', 'build', 'build']);
    expect(site.steps.some(({ keyword }) => keyword === 'RUN' || keyword === 'ADD')).toBe(false);
  });

  test('runs as a user who owns none of its files', () => {
    for (const name of ['site', 'pool']) {
      const { steps: own } = stageOf(name);
      const user = own.findIndex(({ keyword }) => keyword === 'USER');
      expect(own[user]?.text).toBe('node');
      const after = own.slice(user).map(({ keyword }) => keyword);
      for (const keyword of ['COPY', 'RUN', 'USER']) {
        expect(after.slice(1), name).not.toContain(keyword);
      }
    }
    for (const { flags } of steps) expect([...flags.keys()]).not.toContain('chown');
  });

  test('passes the stop signal to Next directly, without a shell in between', () => {
    expect(lastStep(site, 'STOPSIGNAL').text).toBe('SIGTERM');
    expect(commandOf(lastStep(site, 'CMD'))).toEqual(['node', 'server.js']);
  });

  test('listens on the port that it exposes', () => {
    const { PORT, HOSTNAME, NODE_ENV } = environmentOf(site);
    expect([HOSTNAME, NODE_ENV]).toEqual(['0.0.0.0', 'production']);
    expect(lastStep(site, 'EXPOSE').text).toBe(PORT);
  });
});

describe('the steps', () => {
  test('install the packages of the lock file before copying any source, and without running their scripts', () => {
    const { steps: first } = stageOf('packages');
    expect(first.map(({ keyword, text }) => `${keyword} ${text}`)).toEqual([
      'WORKDIR /app',
      'COPY package.json package-lock.json .npmrc ./',
      'COPY lib/local-pool/package.json lib/local-pool/',
      'RUN npm ci --ignore-scripts',
    ]);
    const runs = steps.filter(({ keyword }) => keyword === 'RUN').map(({ text }) => text);
    expect(runs).toEqual(['npm ci --ignore-scripts', 'npm run build']);
  });

  test('contain no secret, which would stay in a layer', () => {
    const names = steps
      .filter(({ keyword }) => keyword === 'ENV' || keyword === 'ARG')
      .flatMap(({ words }) => words.map((word) => word.split('=')[0] ?? ''));
    expect(names).toContain('BUILD_STANDALONE');
    for (const name of names) expect(name).not.toMatch(/SECRET|TOKEN|PASSWORD|KEY|^COGNITO_/);
  });

  test('use only instructions that every engine supports', () => {
    const known = [
      'ARG',
      'CMD',
      'COPY',
      'ENV',
      'EXPOSE',
      'HEALTHCHECK',
      'RUN',
      'STOPSIGNAL',
      'USER',
      'WORKDIR',
    ];
    for (const { keyword } of steps) expect(known).toContain(keyword);
  });
});

describe('the build context', () => {
  const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');

  test('contains only what .dockerignore names, and above all no secrets', () => {
    expect(ignoreLines()[0]).toBe('*');
    for (const path of ['.env', '.env.local', '.env.production.local', '.git/config', '.next/x']) {
      expect(isLetIn(path), path).toBe(false);
    }
    expect(
      files.filter((file) => isLetIn(file) && /^(docs|infra|tools)\/|(^|\/)tests\//.test(file)),
    ).toEqual([
      'tools/setup/static-pages.ts',
      'tools/setup/static-pages/instrumentation.ts',
      'tools/setup/static-pages/pages.ts',
    ]);
  });

  test('names only existing files, except the other form of the middleware', () => {
    const missing = ignoreLines()
      .slice(1)
      .map((line) => line.replace(/^!/, ''))
      .filter((one) => !files.some((file) => file === one || file.startsWith(`${one}/`)));
    expect(missing.length).toBe(1);
    expect(['proxy.ts', 'middleware.ts']).toContain(missing[0]);
  });
});

describe('the health check', () => {
  const [command = '', ...args] = commandOf(lastStep(site, 'HEALTHCHECK'));

  async function check(status: number | undefined): Promise<{ ok: boolean; asked: string[] }> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(status ?? 0).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    if (status === undefined) await new Promise((resolve) => server.close(resolve));
    const { PATH = '' } = process.env;
    const { ok } = await run(command, args, { env: { ...process.env, PATH, PORT: String(port) } });
    if (status !== undefined) await new Promise((resolve) => server.close(resolve));
    return { ok, asked };
  }

  test('requests /healthz', async () => {
    expect(await check(200)).toEqual({ ok: true, asked: ['GET /healthz'] });
  });

  test.each([503, 401, undefined])('fails if the response is %s', async (status) => {
    expect((await check(status)).ok).toBe(false);
  });
});

const docker = spawnSync('docker', ['info'], { encoding: 'utf8' });
test.skipIf(docker.status !== 0)(
  'docker build --check has no warnings (skipped if no engine is running)',
  () => {
    const { status, stderr } = spawnSync('docker', ['build', '--check', '.'], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  },
  120_000,
);
