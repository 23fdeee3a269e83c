import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startLocalPool, type TestPool } from '@/lib/local-pool/src/testing';

vi.setConfig({ testTimeout: 30_000 });

let pool: TestPool;
let folder: string;
beforeAll(async () => {
  pool = await startLocalPool();
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

/** Runs the command. With --env-file, it must ignore the environment. */
function run(...options: string[]): Promise<{ code: number; out: string; err: string }> {
  const command = ['--import', 'tsx', '--', 'tools/doctor/cli.ts', ...options];
  const env = { ...process.env, COGNITO_CLIENT_ID: 'of-the-environment', NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

async function fileWith(settings: Record<string, string>): Promise<string> {
  const file = join(folder, `${crypto.randomUUID()}.env`);
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

/** On a busy machine a correct site may not respond in time; then the exit code is 3. */
test('the last line counts the checks, and the exit code matches it', async () => {
  const { code, out } = await run('--env-file', await fileWith(pool.environment()));
  const [, wrong, unknown] = /\d+ OK, (\d+) wrong, (\d+) not checked.*\n$/.exec(out) ?? [];
  expect(wrong).toBe('0');
  expect(code).toBe(unknown === '0' ? 0 : 3);
  expect(out).not.toContain('of-the-environment');
});

test('a wrong setting exits with 1, and --json prints one object', async () => {
  const settings = { ...pool.environment(), SESSION_SECRET: 'short' };
  const { code, out } = await run('--json', '--env-file', await fileWith(settings));
  expect(JSON.parse(out)).toMatchObject({ wrong: 1, findings: expect.any(Array) });
  expect(code).toBe(1);
});

test('with a file that sets nothing, it lists what is missing', async () => {
  const { code, out } = await run('--env-file', await fileWith({}));
  expect(code).toBe(1);
  for (const name of ['COGNITO_REGION', 'COGNITO_USER_POOL_ID', 'SESSION_SECRET']) {
    expect(out).toContain(`${name} is not set`);
  }
  expect(out).not.toContain('Nothing to check');
});

test.each([
  ['an unknown option', ['--fix'], "Unknown option '--fix'"],
  ['a file that is not there', ['--env-file', 'nowhere.env'], 'there is no such file'],
  ['a folder', ['--env-file', 'tools'], 'it is a folder'],
])('%s exits with 2', async (_, options, said) => {
  const { code, out, err } = await run(...options);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(said);
});
