import { site, unit } from '../mutant';

const TOKENS = 'lib/cognito/protocol/tokens.ts';
const CIRCUIT = 'lib/cognito/protocol/circuit.ts';
const FLIGHTS = 'lib/cognito/protocol/flights.ts';
const TWICE = 'lib/cognito/protocol/twice.ts';

/** What goes to the user pool, what comes back, and what a dead endpoint may cost. */
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
        find: 'if (!response.ok) throw refusal(response, await readJson(response));',
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
  ...unit(
    CIRCUIT,
    ['cognito/circuit'],
    [
      {
        id: 'circuit-one-tries',
        defence: 'one request tries a broken endpoint, and the others wait for its verdict',
        find: 'if (broken && trial && !(await trial)) return undefined;',
        replace: '',
      },
      {
        id: 'circuit-patience',
        defence: 'nobody waits long for an endpoint that was down a moment ago',
        find: 'return late && !patient ? undefined : running;',
        replace: 'return running;',
      },
      {
        id: 'circuit-half-second',
        defence: 'a broken endpoint costs half a second',
        find: 'PATIENCE = 0.5;',
        replace: 'PATIENCE = 50;',
      },
      {
        id: 'circuit-throws',
        defence: 'a call that throws breaks the circuit',
        find: '      failed();\n      throw error;',
        replace: '      throw error;',
      },
      {
        id: 'circuit-late-failure',
        defence: 'a failure of long ago says nothing of now',
        find: 'broken ||= successes === before;',
        replace: 'broken = true;',
      },
    ],
  ),
  ...site(
    CIRCUIT,
    ['flow/outage'],
    [
      {
        id: 'circuit-breaks',
        defence: 'a dead endpoint does not cost every request the whole time-out',
        find: 'broken ||= successes === before;',
        replace: 'broken = false;',
      },
    ],
  ),
  ...unit(
    FLIGHTS,
    ['cognito/flights'],
    [
      {
        id: 'flights-joined',
        defence: 'the same work at the same moment is done once',
        find: 'if (before && joinable) return before.result;',
        replace: '',
      },
      {
        id: 'flights-over',
        defence: 'a result serves for its time and no longer',
        find: 'return flight && !isOver(flight) ? flight : undefined;',
        replace: 'return flight;',
      },
      {
        id: 'flights-max',
        defence: 'no more results are kept than allowed',
        find: ' && flights.size <= options.max',
        replace: '',
      },
      {
        id: 'flights-newest',
        defence: 'a refusal does not take the place of newer tokens',
        find: "if (!current && keep !== 'always') return;",
        replace: '',
      },
      {
        id: 'flights-failure',
        defence: 'a failure is not remembered',
        find: "() => land(key, flight, 'never'),",
        replace: "() => land(key, flight, 'always'),",
      },
      {
        id: 'flights-patience',
        defence: 'work that hangs is not joined',
        find: 'options.now() - flight.startedAt < patience',
        replace: 'true',
      },
    ],
  ),
];
