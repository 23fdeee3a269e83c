import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPoolKeys, type PoolKeys } from '@/lib/local-pool/src/keys';
import { type ServedPool, type ServeOptions, serveLocalPool } from '@/lib/local-pool/src/serve';
import { PUBLIC_CLIENT_ID, testClients, testUsers } from '@/lib/local-pool/src/testing/test-seeds';
import { type Certificate, createCertificate } from '../../../tests/support/certificate';

const SITE = 'http://localhost:3000';
let keys: PoolKeys;
let certificate: Certificate;
let folder: string;
let served: ServedPool;
let open: ServedPool[] = [];

beforeAll(async () => {
  [keys, certificate] = await Promise.all([createPoolKeys(), createCertificate()]);
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
  await writeFile(join(folder, 'ca.pem'), certificate.cert);
  await serve();
});

afterEach(async () => {
  await Promise.all(open.map(({ close }) => close()));
  open = [];
  await rm(folder, { recursive: true });
});

/** Serves the pages and the issuer over https, on two origins. */
async function serve(settings: Partial<ServeOptions> = {}): Promise<void> {
  served = await serveLocalPool({
    port: 0,
    env: {},
    keys,
    tls: certificate,
    ownIssuerOrigin: true,
    clients: testClients(SITE),
    users: testUsers(),
    ...settings,
  });
  open.push(served);
}

interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the command as a user with an AWS account would. */
async function verify(env: Record<string, string> = {}, ...args: string[]): Promise<Run> {
  const site = { redirectUri: `${SITE}/login`, logoutUri: `${SITE}/` };
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'tools/workshop/fidelity/verify.ts', ...args],
    {
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        ...served.pool.environment(site),
        VERIFY_USERNAME: 'alice',
        VERIFY_PASSWORD: 'Alice-password-1',
        ...env,
      },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, output };
}

describe('verify:aws against a pool over https whose issuer has another origin', {
  timeout: 60_000,
}, () => {
  test('finds no difference, signs in once, changes nothing, prints no secret', async () => {
    const { code, output } = await verify();
    expect(output).toContain(' 0 differ otherwise, 0 failed');
    expect(output).not.toMatch(/[✗!] /);
    expect(code).toBe(0);

    const posts = served.pool.requests().filter(({ method }) => method === 'POST');
    expect(posts.filter(({ path }) => path === '/login')).toHaveLength(1);
    const harmless = /^\/(login|oauth2\/(token|revoke|authorize))$/;
    const others = posts.filter(({ path, status }) => status !== 404 && !harmless.test(path));
    // Of the API only what reads, and what is refused.
    const writes = others.filter(({ operation, status }) => {
      return operation !== 'GetUser' && !(operation !== undefined && status === 400);
    });
    expect(writes).toEqual([]);

    const { COGNITO_CLIENT_SECRET } = served.pool.environment({ redirectUri: `${SITE}/login` });
    expect(output).not.toContain(COGNITO_CLIENT_SECRET);
    expect(output).not.toContain('Alice-password-1');
    expect(output).not.toMatch(/eyJ[\w-]{10}/);
  });

  test('finds no difference with a public client, rotation and the classic pages', async () => {
    const client = PUBLIC_CLIENT_ID;
    await serve({ hostedUi: 'classic' });
    served.pool.changeClient({ rotation: { graceSeconds: 60 } }, client);
    const { code, output } = await verify({
      ...served.pool.environment({ redirectUri: `${SITE}/login`, logoutUri: `${SITE}/`, client }),
      COGNITO_CLIENT_SECRET: '',
    });
    expect(output).toContain(' 0 differ otherwise, 0 failed');
    expect(output).not.toMatch(/[✗!] /);
    expect(code).toBe(0);
  });

  test('names each row that differs, and exits with 1', async () => {
    served.pool.fault('/error', { status: 200, body: 'odd' });
    const { code, output } = await verify();
    expect(output).toContain('✗ The page `/error`');
    expect(output).toContain('seen:  200 without that text');
    expect(code).toBe(1);
  });

  test('checks what needs no sign-in when the password is wrong', async () => {
    const { code, output } = await verify({ VERIFY_PASSWORD: 'wrong' });
    expect(output).toContain('signing in as the test user');
    expect(output).toContain('✓ An unknown `client_id`');
    expect(code).toBe(1);
  });

  test('reports all missing settings together, and sends no request', async () => {
    const { code, output } = await verify({ COGNITO_DOMAIN: '', VERIFY_PASSWORD: '' });
    expect(output).toContain('COGNITO_DOMAIN is not set');
    expect(output).toContain('VERIFY_PASSWORD is not set');
    expect(served.pool.requests()).toEqual([]);
    expect(code).toBe(2);
  });

  test('reports in one sentence that a host cannot be reached', async () => {
    const { code, output } = await verify({ COGNITO_DOMAIN: 'https://127.0.0.1:9' });
    expect(output).toContain('cannot be reached');
    expect(output).not.toContain('    at ');
    expect(code).toBe(1);
  });
});
