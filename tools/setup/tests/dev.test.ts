import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { testUsers } from '@/lib/local-pool/src/testing/test-seeds';
import { freePort } from '../dev/free-port';
import { localPoolNotice } from '../dev/notice';
import { parseSitePort, readOptions } from '../dev/options';
import { explainIncomplete, planDevelopment } from '../dev/plan';

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
    [[], undefined, { port: 3000, host: '127.0.0.1' }],
    [[], '4000', { port: 4000, host: '127.0.0.1' }],
    [['--port', '5000'], '4000', { port: 5000, host: '127.0.0.1' }],
    [['-p', '5000', '--host', '0.0.0.0'], undefined, { port: 5000, host: '0.0.0.0' }],
    [['--host=::1'], undefined, { port: 3000, host: '::1' }],
  ])('with %j and PORT=%s is %j', (args, port, options) => {
    expect(readOptions(args, port)).toEqual(options);
  });

  it.each([
    [['--port', 'x'], undefined, '--port is "x"'],
    [[], '0', 'PORT is "0"'],
    [['--host='], undefined, '--host is empty'],
    [['--hots', 'x'], undefined, "Unknown option '--hots'"],
    [['4000'], undefined, "Unexpected argument '4000'"],
  ])('with %j and PORT=%s is nowhere', (args, port, problem) => {
    expect(readOptions(args, port)).toEqual({ problem: expect.stringContaining(problem) });
  });
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

  it.each(['127.0.0.1', '0.0.0.0'])('is another one when it is in use on %s', async (address) => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, address, () => {
        const bound = taken.address();
        resolve(typeof bound === 'object' && bound ? bound.port : 0);
      });
    });
    const other = await freePort(port);
    expect(other).not.toBe(port);
    await new Promise((done) => taken.close(done));
    expect(await freePort(port)).toBe(port);
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
    'http://127.0.0.1:9339/local-outbox',
    'http://127.0.0.1:9339/local-control',
    '.env.example',
    'Ctrl-C',
  ]) {
    expect(text).toContain(word);
  }
});
