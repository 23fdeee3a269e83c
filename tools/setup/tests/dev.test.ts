import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { testUsers } from '@/lib/local-pool/src/testing/test-seeds';
import { explainIncomplete, localPoolNotice, planDevelopment, realPoolNotice } from '../dev/plan';
import { claimPort, loopbackPortOf, parseSitePort, portTaken, readOptions } from '../dev/port';
import { createQuietStart } from '../dev/site-process';

const REAL = {
  COGNITO_REGION: 'us-west-2',
  COGNITO_USER_POOL_ID: 'us-west-2_AbCdEfGhI',
  COGNITO_DOMAIN: 'my-app',
  COGNITO_CLIENT_ID: 'client',
  COGNITO_REDIRECT_URI: 'https://example.com/login',
  SESSION_SECRET: 'a-secret-that-must-not-be-printed',
};

describe('what npm run dev starts', () => {
  it.each([
    ['nothing is set', {}],
    ['only SESSION_SECRET is set', { SESSION_SECRET: 'x' }],
    ['every COGNITO_ name is empty', { COGNITO_REGION: '', COGNITO_CLIENT_ID: '  ' }],
    ['other names merely look similar', { MY_COGNITO_REGION: 'x', AWS_REGION: 'y' }],
  ])('is the local pool when %s', (_, env) => {
    expect(planDevelopment(env)).toEqual({ kind: 'local-pool' });
  });

  it('is only the site when all required names are set', () => {
    expect(planDevelopment(REAL)).toEqual({ kind: 'real-pool' });
    expect(planDevelopment({ ...REAL, COGNITO_CLIENT_SECRET: 's' })).toEqual({ kind: 'real-pool' });
  });

  it.each(Object.keys(REAL))('is nothing when %s is missing', (name) => {
    expect(planDevelopment({ ...REAL, [name]: '' })).toMatchObject({
      kind: 'incomplete',
      missing: [name],
    });
  });

  it('is nothing when only an optional name is set', () => {
    expect(planDevelopment({ COGNITO_ISSUER: 'x' })).toEqual({
      kind: 'incomplete',
      set: ['COGNITO_ISSUER'],
      missing: Object.keys(REAL),
    });
  });
});

it('incomplete settings are explained with names, files and two ways to continue, but no values', () => {
  const { COGNITO_DOMAIN, ...env } = REAL;
  const plan = planDevelopment(env);
  if (plan.kind !== 'incomplete') throw new Error(`the plan was ${plan.kind}`);
  const text = explainIncomplete(plan, ['.env.local']);
  expect(text).toContain('missing  COGNITO_DOMAIN');
  expect(text).toContain('set      COGNITO_CLIENT_ID');
  expect(text).toContain('.env.local');
  expect(text).toContain('.env.example');
  for (const value of [...Object.values(env), COGNITO_DOMAIN]) expect(text).not.toContain(value);
});

describe('where the site listens', () => {
  it.each([
    [[], undefined, { port: 3000, isFixed: false, host: '127.0.0.1' }],
    [[], '4000', { port: 4000, isFixed: true, host: '127.0.0.1' }],
    [['--port', '5000'], '4000', { port: 5000, isFixed: true, host: '127.0.0.1' }],
    [['-p', '5000', '--host', '0.0.0.0'], '', { port: 5000, isFixed: true, host: '0.0.0.0' }],
    [['--host=::'], undefined, { port: 3000, isFixed: false, host: '::' }],
  ])('with %j and PORT=%s is %j', (args, port, options) => {
    expect(readOptions(args, port)).toEqual(options);
  });

  it.each([
    [['--port', 'x'], undefined, '--port is "x"'],
    [[], '0', 'PORT is "0"'],
    [['--host='], undefined, '--host is ""'],
    [['--host=192.0.2.1'], undefined, 'Use 127.0.0.1, or 0.0.0.0 if you forward the port'],
    [['--host=::1'], undefined, '--host is "::1"'],
    [['--hots', 'x'], undefined, "Unknown option '--hots'"],
    [['4000'], undefined, "Unexpected argument '4000'"],
  ])('with %j and PORT=%s is nowhere', (args, port, problem) => {
    expect(readOptions(args, port)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

it("with a real pool, the site listens where the pool's redirects lead", () => {
  expect(loopbackPortOf('http://localhost:4100/login')).toBe(4100);
  expect(loopbackPortOf('https://example.com/login')).toBeUndefined();
  expect(loopbackPortOf('nonsense')).toBeUndefined();
  expect(loopbackPortOf(undefined)).toBeUndefined();
  expect(readOptions([], undefined, 4100)).toMatchObject({ port: 4100, isFixed: true });
  expect(readOptions(['-p', '5000'], undefined, 4100)).toMatchObject({ port: 5000 });
  expect(realPoolNotice('http://localhost:3000', 'https://example.com/login')).toContain(
    'sign-ins end there, not here',
  );
  expect(realPoolNotice('http://localhost:3000', 'http://localhost:3000/login')).not.toContain(
    'Note',
  );
});

it('a port that somebody chose is never replaced', () => {
  const text = portTaken({ port: 4000, isFixed: true, host: '127.0.0.1' });
  expect(text).toContain('port 4000 is in use');
  expect(text).toContain('--port');
});

describe('the port', () => {
  it.each([
    [undefined, 3000],
    ['', 3000],
    ['4000', 4000],
    ['0', null],
    ['65536', null],
    ['abc', null],
    ['3000.5', null],
    ['1e3', null],
  ])('for PORT=%s is %s', (value, port) => {
    expect(parseSitePort(value)).toBe(port);
  });

  it.each(['127.0.0.1', '0.0.0.0'])('is the next one when it is in use on %s', async (address) => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, address, () => {
        const bound = taken.address();
        resolve(typeof bound === 'object' && bound ? bound.port : 0);
      });
    });
    const next = await claimPort(port);
    expect(next?.port).toBeGreaterThan(port);
    expect(next?.port).toBeLessThan(port + 50);
    expect(await claimPort(port, 1)).toBeNull();
    next?.release();
    await new Promise((done) => taken.close(done));
    const own = await claimPort(port, 1);
    expect(own?.port).toBe(port);
    own?.release();
  });

  it('is different for two sites that start at the same moment', async () => {
    const claims = await Promise.all([claimPort(31_700), claimPort(31_700), claimPort(31_700)]);
    const ports = claims.map((claim) => claim?.port);
    expect(new Set(ports).size).toBe(3);
    expect(ports).not.toContain(undefined);
    for (const claim of claims) claim?.release();
  });
});

describe('while the site starts', () => {
  const START = [
    '▲ Next.js 16.4.6 (Turbopack)',
    '- Local:         http://127.0.0.1:3000',
    '- Network:       http://127.0.0.1:3000',
    '\x1b[32m✓\x1b[39m Ready in 702ms',
    '\x1b[33m⚠\x1b[39m The "middleware" file convention is deprecated. Please use "proxy" instead.',
    '',
    '  To migrate automatically, run:',
    '{"time":"2026-11-30T05:58:10.226Z","level":"info","type":"configuration","ok":true,"wrong":[]}',
    '  ✓ authInterrupts',
    '  ⨯ prefetchInlining',
    '○ Compiling / ...',
    '',
  ].join('\n');

  it('what Next prints at every start is left out, also when it comes in pieces', () => {
    const quiet = createQuietStart();
    expect([...START].map((piece) => quiet.filter(piece)).join('')).toBe('');
    expect(createQuietStart().filter(START)).toBe('');
  });

  it.each([
    '⨯ Error: the page is broken',
    ' ⚠ Invalid next.config.js options detected:',
    '- Network:       http://192.168.1.5:3000',
    '- Environments: .env.local',
    '  COGNITO_REGION is missing.',
    'my own line',
  ])('"%s" is shown', (line) => {
    const quiet = createQuietStart();
    expect(quiet.filter(`${START}${line}\n`)).toBe(`${line}\n`);
  });

  it('after the start everything is shown but the request that waited for the site', () => {
    const quiet = createQuietStart();
    quiet.started();
    const own = ' GET / 200 in 8.7s (next.js: 7.6s)\n';
    expect(quiet.filter(own)).toBe('');
    expect(quiet.filter(own)).toBe(own);
    expect(quiet.filter('○ Compiling /flow ...\n\nlast')).toBe('○ Compiling /flow ...\n\n');
    expect(quiet.rest()).toBe('last');
  });
});

it('the notice says where to sign in, as which user, and how to stop', () => {
  const text = localPoolNotice('http://localhost:3000', 'http://127.0.0.1:9339', testUsers());
  for (const word of [
    'http://localhost:3000',
    'http://127.0.0.1:9339',
    'Alice-password-1',
    'Bob-password-1',
    'group admin',
    'must choose a new password',
    '.env.example',
    'Ctrl-C',
  ]) {
    expect(text).toContain(word);
  }
});
