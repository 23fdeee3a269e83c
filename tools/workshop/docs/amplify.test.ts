/** The build commands for Amplify Hosting in docs/deploy.md write a file that gives the server all variables. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nextEnv from '@next/env';
import { expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { ADVICE } from '@/lib/cognito/config/advice';

const [, text = ''] =
  /```yaml\n(version: 1\n[\s\S]*?)```/.exec(readFileSync('docs/deploy.md', 'utf8')) ?? [];
const { preBuild, build } = parse(text).frontend.phases;
const [write = '', ...rest] = build.commands;

/** What the server reads from the file that the command writes. */
function readBack(env: Record<string, string>): Record<string, string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'amplify-'));
  try {
    const { PATH = '' } = process.env;
    execFileSync('sh', ['-c', write], {
      cwd: folder,
      env: { NODE_ENV: 'production', PATH, ...env },
    });
    vi.stubEnv('NODE_ENV', 'production');
    const quiet = { info: () => {}, error: console.error };
    return nextEnv.loadEnvConfig(folder, false, quiet, true).parsedEnv ?? {};
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
}

test('every variable of the site reaches the server, and no other of the build', () => {
  const values = Object.keys(ADVICE).map((name) => [name, `value-of/${name}+0=`]);
  const env: Record<string, string> = Object.fromEntries(values);
  const own = { ...env, AWS_SECRET_ACCESS_KEY: 'of the build' };
  expect(readBack(own)).toEqual(env);
});

test('numbered session secrets reach it, too', () => {
  const secrets = JSON.stringify({
    2: 'Zk3vQ9wL7Tx2Bn8Y+d5Hm/4Jc6Pf1Gs0=',
    1: 'Yd5Hm4Jc6Pf1Gs0Zk3vQ9wL7Tx2Bn8',
  });
  expect(readBack({ SESSION_SECRET: secrets }).SESSION_SECRET).toBe(secrets);
});

test('then it builds as everywhere, with the version of Node that the tests use', () => {
  expect(rest).toEqual(['npm run build']);
  expect(preBuild.commands).toEqual([
    `nvm install ${readFileSync('.nvmrc', 'utf8').trim()}`,
    'npm ci --ignore-scripts',
  ]);
});
