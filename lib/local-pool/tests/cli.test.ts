import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseCliOptions } from '../src/cli-options';
import { completeSettings } from '../src/default-settings';
import { siteEnvironment } from '../src/environment';
import { seedClients } from '../src/seed';
import { ZOE } from './signing-up';

const CLI = ['--import', 'tsx', fileURLToPath(new URL('../src/cli.ts', import.meta.url))];

describe('the command line', () => {
  it('has defaults', () => {
    expect(parseCliOptions([])).toEqual({
      kind: 'run',
      options: {
        port: 9339,
        site: 'http://localhost:3000',
        publicClient: false,
        rotationGraceSeconds: undefined,
        accessSeconds: undefined,
      },
    });
  });

  it('accepts every option', () => {
    const args = ['--port', '0', '--site', 'http://localhost:4000/', '--public'];
    args.push('--rotation', '0', '--access-seconds=30');
    expect(parseCliOptions(args)).toEqual({
      kind: 'run',
      options: {
        port: 0,
        site: 'http://localhost:4000',
        publicClient: true,
        rotationGraceSeconds: 0,
        accessSeconds: 30,
      },
    });
  });

  it.each([
    [['--wat'], "Unknown option '--wat'. See --help."],
    [['word'], "Unexpected argument 'word'. See --help."],
    [['--port', 'x'], '--port must be a number from 0 to 65535, not "x". See --help.'],
    [['--port', '65536'], '--port must be a number from 0 to 65535, not "65536". See --help.'],
    [['--rotation', '61'], '--rotation must be a number from 0 to 60, not "61". See --help.'],
    [
      ['--access-seconds', '0'],
      '--access-seconds must be a number from 1 to 86400, not "0". See --help.',
    ],
    [
      ['--site', 'http://example.com'],
      '--site must be an origin without a path (https, or http on loopback), not "http://example.com". See --help.',
    ],
    [
      ['--site', 'http://localhost:3000/login'],
      '--site must be an origin without a path (https, or http on loopback), not "http://localhost:3000/login". See --help.',
    ],
  ])('%s is rejected in one sentence', (args, message) => {
    expect(parseCliOptions(args)).toEqual({ kind: 'wrong', message });
  });

  it('has help', () => {
    expect(parseCliOptions(['--help'])).toEqual({ kind: 'help' });
  });
});

describe('npm run local-pool', () => {
  it('prints only the environment, serves, and exits cleanly on a signal', async () => {
    const child = spawn(process.execPath, [...CLI, '--port', '0', '--access-seconds', '30']);
    const ended = once(child, 'exit');
    const lines: string[] = [];
    const output = createInterface({ input: child.stdout });
    for await (const line of output) {
      lines.push(line);
      if (line.startsWith('SESSION_SECRET=')) break;
    }
    const environment = Object.fromEntries(lines.map((line) => splitOnce(line)));
    expect(Object.keys(environment)).toEqual([...namesForTheSite(), 'SESSION_SECRET']);
    expect(environment.COGNITO_REDIRECT_URI).toBe('http://localhost:3000/login');
    expect(environment.SESSION_SECRET).toMatch(/^[\w-]{32,}$/);
    const jwks = await fetch(`${environment.COGNITO_ISSUER}/.well-known/jwks.json`);
    expect(jwks.status).toBe(200);

    // Emails go to standard error: standard output may contain nothing but the environment.
    const said = createInterface({ input: child.stderr });
    const mail = untilLine(said, (line) => line.startsWith('Email to '));
    await signUp(environment);
    expect(await mail).toMatch(/^Email to zoe@example\.com: Your confirmation code is \d{6}\./);

    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(fetch(environment.COGNITO_DOMAIN ?? '')).rejects.toThrow('fetch failed');
  }, 20_000);

  it.each([
    [{}, ['--wat'], 2, "Unknown option '--wat'. See --help.\n"],
    [
      { NODE_ENV: 'production' },
      ['--port', '0'],
      1,
      'The local user pool does not start with NODE_ENV=production: it is for development and tests only.\n',
    ],
  ])(
    'with %s and %s exits with %s, without a stack trace',
    async (env, args, code, message) => {
      const child = spawn(process.execPath, [...CLI, ...args], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: Object.assign({ ...process.env }, env),
      });
      const ended = once(child, 'exit');
      let errors = '';
      for await (const chunk of child.stderr) errors += String(chunk);
      expect(await ended).toEqual([code, null]);
      expect(errors).toBe(message);
    },
    20_000,
  );
});

/** They depend on the first app client in seed.ts. */
function namesForTheSite(): string[] {
  const [client] = seedClients('http://localhost:3000');
  if (!client) throw new Error('seed.ts defines no app client.');
  const site = { redirectUri: 'http://localhost:3000/login', logoutUri: 'http://localhost:3000/' };
  return Object.keys(siteEnvironment(completeSettings({}), client, site));
}

/** Signs up a new user, because seed.ts decides which users exist. */
async function signUp(environment: Record<string, string>): Promise<void> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: environment.COGNITO_CLIENT_ID ?? '',
    redirect_uri: environment.COGNITO_REDIRECT_URI ?? '',
  });
  const page = `${environment.COGNITO_DOMAIN}/signup?${query}`;
  const [cookie = ''] = (await fetch(page)).headers.getSetCookie();
  const token = splitOnce(cookie.split(';')[0] ?? '')[1];
  const body = new URLSearchParams({ _csrf: token, ...ZOE });
  await fetch(page, { method: 'POST', body, headers: { cookie: `XSRF-TOKEN=${token}` } });
}

async function untilLine(
  lines: AsyncIterable<string>,
  isIt: (line: string) => boolean,
): Promise<string | undefined> {
  for await (const line of lines) if (isIt(line)) return line;
  return undefined;
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}
