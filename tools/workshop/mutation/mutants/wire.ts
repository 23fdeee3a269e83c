import { unit } from '../mutant';

const TOKENS = 'lib/cognito/protocol/tokens.ts';
const TWICE = 'lib/cognito/protocol/retry-once.ts';

/** What goes to the user pool, and what comes back. */
export const wire = [
  ...unit(
    TOKENS,
    ['cognito/tokens', 'cognito/wire'],
    [
      {
        id: 'pkce-verifier-sent',
        defence: 'a code is exchanged with the verifier of its attempt',
        find: 'code_verifier: grant.codeVerifier,',
        replace: '',
      },
      {
        id: 'tokens-redirect',
        defence: 'a redirect does not carry a grant to wherever it points',
        find: "redirect: 'manual',",
        replace: '',
      },
      {
        id: 'tokens-time-out',
        defence: 'a token endpoint that hangs is given up',
        find: 'signal: AbortSignal.timeout(TIME_OUT_MS),',
        replace: '',
      },
      {
        id: 'tokens-no-store',
        defence: 'no cache keeps an answer with tokens',
        find: "cache: 'no-store',",
        replace: '',
      },
      {
        id: 'tokens-only-no',
        defence: 'only a clear OAuth error is a "no"',
        find: 'if (!error || (status !== 400 && status !== 401)) {',
        replace: 'if (!error) {',
      },
      {
        id: 'tokens-status',
        defence: 'the body of an error is not taken for tokens',
        find: 'if (!response.ok) throw refusal(response, body);',
        replace: '',
        tests: ['cognito/tokens'],
      },
      {
        id: 'tokens-whole',
        defence: 'an answer without both tokens is an outage',
        find: 'if (!idToken || !accessToken)',
        replace: 'if (idToken === accessToken && idToken)',
      },
      {
        id: 'tokens-refresh-token',
        defence: 'a sign-in without a refresh token is none',
        find: 'if (tokens.refreshToken) return',
        replace: 'return',
      },
      {
        id: 'tokens-rotated',
        defence: 'a rotated refresh token takes the place of the old one',
        find: 'refreshToken: tokens.refreshToken ?? refreshToken }',
        replace: 'refreshToken }',
      },
      {
        id: 'tokens-error-text',
        defence: 'the log takes no free text from the user pool',
        find: '/^[a-z_]{1,40}$/.test(error) ? error : `HTTP ${status}`',
        replace: 'error',
      },
      {
        id: 'tokens-retry-after',
        defence: 'an absurd Retry-After is ignored',
        find: '/^\\d{1,3}$/.test(value) ? Number(value) : undefined',
        replace: 'value ? Number(value) : undefined',
      },
      {
        id: 'tokens-secret-encoded',
        defence: 'odd characters of a client secret are encoded',
        find: "new URLSearchParams({ '': value }).toString().slice(1)",
        replace: 'value',
      },
      {
        id: 'tokens-revoked',
        defence: 'a revocation that did not happen is not taken for one',
        find: 'if (!response.ok) throw refusal(response, await jsonOf(response));',
        replace: '',
      },
      {
        id: 'tokens-everywhere',
        defence: 'a sign-out everywhere that did not happen is not taken for one',
        find: "if (!response.ok) throw new CognitoError('unavailable', `GlobalSignOut",
        replace: "if (false) throw new CognitoError('unavailable', `GlobalSignOut",
      },
      {
        id: 'tokens-throttled',
        defence: 'a throttled or hanging endpoint is not asked twice',
        find: 'return error.detail !== TIMED_OUT && error.detail !== THROTTLED;',
        replace: 'return true;',
        tests: ['cognito/refresh'],
      },
      {
        id: 'tokens-no-repeated',
        defence: 'a refused refresh token is not offered again',
        find: "if (!(error instanceof CognitoError) || error.code !== 'unavailable') return false;",
        replace: 'if (!(error instanceof CognitoError)) return false;',
        tests: ['cognito/refresh'],
      },
    ],
  ),
  ...unit(
    TWICE,
    ['cognito/refresh'],
    [
      {
        id: 'twice-worthwhile',
        defence: 'what a second call would not mend is not called twice',
        find: 'if (!isWorthwhile(error)) throw error;',
        replace: '',
      },
      {
        id: 'twice-pause',
        defence: 'those who failed together do not come back together',
        find: 'LEAST_MS + Math.random() * (MOST_MS - LEAST_MS)',
        replace: '0',
      },
    ],
  ),
];
