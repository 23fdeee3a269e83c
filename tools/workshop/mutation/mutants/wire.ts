import { unit } from '../mutant';

const TOKENS = 'lib/cognito/protocol/tokens.ts';
const TWICE = 'lib/cognito/protocol/wire.ts';

/** Requests to the user pool, and its responses. */
export const wire = [
  ...unit(
    TOKENS,
    ['cognito/tokens', 'cognito/wire'],
    [
      {
        id: 'pkce-verifier-sent',
        defense: "a code is exchanged together with its attempt's code verifier",
        find: 'code_verifier: grant.codeVerifier,',
        replace: '',
      },
      {
        id: 'tokens-redirect',
        defense:
          'a redirect from the token endpoint is not followed, so that no grant leaves with it',
        find: "redirect: 'manual',",
        replace: '',
      },
      {
        id: 'tokens-time-out',
        defense: 'a hanging token request times out',
        find: 'signal: AbortSignal.timeout(TIME_OUT_MS),',
        replace: '',
      },
      {
        id: 'tokens-no-store',
        defense: 'no cache stores a response with tokens',
        find: "cache: 'no-store',",
        replace: '',
      },
      {
        id: 'tokens-only-no',
        defense: 'only a proper OAuth error counts as a refusal',
        find: 'if (!error || (status !== 400 && status !== 401)) {',
        replace: 'if (!error) {',
      },
      {
        id: 'tokens-status',
        defense: 'the body of an error response is not used as tokens',
        find: 'if (!response.ok) throw refusal(response, body);',
        replace: '',
        tests: ['cognito/tokens'],
      },
      {
        id: 'tokens-whole',
        defense: 'a response without both tokens counts as an outage',
        find: 'if (!idToken || !accessToken)',
        replace: 'if (idToken === accessToken && idToken)',
      },
      {
        id: 'tokens-refresh-token',
        defense: 'a sign-in without a refresh token fails',
        find: 'if (tokens.refreshToken) return',
        replace: 'return',
      },
      {
        id: 'tokens-rotated',
        defense: 'a rotated refresh token replaces the old one',
        find: 'refreshToken: tokens.refreshToken ?? refreshToken }',
        replace: 'refreshToken }',
      },
      {
        id: 'tokens-error-text',
        defense: 'free text from the user pool is never logged',
        find: '/^[a-z_]{1,40}$/.test(error) ? error : `HTTP ${status}`',
        replace: 'error',
      },
      {
        id: 'tokens-retry-after',
        defense: 'an implausible Retry-After is ignored',
        find: '/^\\d{1,3}$/.test(value) ? Number(value) : undefined',
        replace: 'value ? Number(value) : undefined',
      },
      {
        id: 'tokens-secret-encoded',
        defense: 'special characters in a client secret are encoded',
        find: "new URLSearchParams({ '': value }).toString().slice(1)",
        replace: 'value',
      },
      {
        id: 'tokens-revoked',
        defense: 'a failed revocation is not reported as done',
        find: 'if (!response.ok) throw refusal(response, await jsonOf(response));',
        replace: '',
      },
      {
        id: 'tokens-everywhere',
        defense: 'a failed sign-out everywhere is not reported as done',
        find: "if (!response.ok) throw new CognitoError('unavailable', `GlobalSignOut",
        replace: "if (false) throw new CognitoError('unavailable', `GlobalSignOut",
      },
      {
        id: 'tokens-throttled',
        defense: 'an endpoint that throttles or hangs is not called twice',
        find: 'return isOutage(error) && error.detail !== TIMED_OUT;',
        replace: 'return true;',
        tests: ['cognito/refresh'],
      },
      {
        id: 'tokens-no-repeated',
        defense: 'a refused refresh token is not sent again',
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
        defense: 'a call that would fail again is not repeated',
        find: 'if (!isWorthwhile(error)) throw error;',
        replace: '',
      },
      {
        id: 'twice-pause',
        defense: 'requests that failed together do not retry at the same moment',
        find: 'LEAST_MS + Math.random() * (MOST_MS - LEAST_MS)',
        replace: '0',
      },
    ],
  ),
];
