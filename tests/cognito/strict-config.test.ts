import { expect, test } from 'vitest';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { config, ENV } from './support';

/** "NAME problem" of each problem. */
function problems(env: Record<string, string>): string[] {
  const parsed = parseConfig({ ...ENV, ...env });
  return parsed.ok ? [] : parsed.problems.map((each) => `${each.variable} ${each.problem}`);
}

test.each([
  [
    'COGNITO_DOMAIN',
    'https://someone:pw@auth.example.com',
    'a URL without credentials or fragment',
  ],
  ['COGNITO_LOGOUT_URI', 'https://someone@example.com/', 'a URL without credentials or fragment'],
  ['COGNITO_LOGOUT_URI', 'https://example.com/#top', 'a URL without credentials or fragment'],
  ['COGNITO_LOGOUT_URI', 'javascript:alert(1)', 'must be https'],
  ['COGNITO_DOMAIN', 'ftp://auth.example.com', 'must be https'],
  ['COGNITO_ISSUER', 'https://issuer.example.com/pool#1', 'a URL without credentials or fragment'],
  ['COGNITO_USER_POOL_ID', `us-west-2_${'a'.repeat(46)}`, 'a user pool ID'],
  ['COGNITO_REDIRECT_URI', 'https://example.com:443/login', 'must be /login'],
  ['SESSION_SECRET', `{"1.5":"${'n'.repeat(32)}"}`, 'numbered secrets'],
  ['SESSION_LIFETIME', '30', 'a duration from 1m to 400d'],
  ['SESSION_LIFETIME', '401d', 'a duration from 1m to 400d'],
  ['SESSION_IDLE', '0m', 'a duration from 1m to 400d'],
  ['SESSION_IDLE', '1h30m', 'a duration from 1m to 400d'],
  ['SESSION_SECRET', `{"01":"${'n'.repeat(32)}"}`, 'numbered secrets'],
])('%s=%s is refused with the right reason', (variable, value, reason) => {
  const [first, ...more] = problems({ [variable]: value });
  expect(first).toMatch(new RegExp(`^${variable} .*${reason}`));
  expect(more).toEqual([]);
});

test('scopes may be separated by any white space; Cognito gets single spaces', () => {
  expect(config({ COGNITO_SCOPES: 'openid \n  email\tphone' }).scopes).toBe('openid email phone');
});

test('durations are read with their units, and have defaults', () => {
  const { sessionLifetime, sessionIdle } = config();
  expect([sessionLifetime, sessionIdle]).toEqual([30 * 86_400, undefined]);
  const set = config({ SESSION_LIFETIME: '12h', SESSION_IDLE: '45m' });
  expect([set.sessionLifetime, set.sessionIdle]).toEqual([43_200, 2700]);
});

test('a whole file pasted into a variable does not fill the log', () => {
  const [problem = ''] = problems({ COGNITO_CLIENT_ID: 'x y'.repeat(10_000) });
  expect(problem.length).toBeLessThan(200);
});
