import { unit } from '../mutant';

const STATE = 'lib/cognito/session/session-status.ts';
const AGAIN = 'lib/cognito/session/lost-refresh-race.ts';

/** The status of a session, and whether the request is retried. */
export const state = [
  ...unit(
    STATE,
    ['cognito/session-status', 'cognito/session-end'],
    [
      {
        id: 'state-foreign',
        defense: 'a session whose tokens do not verify counts as signed out',
        find: "return later ? { state: 'unavailable', error } : { state: 'signed-out' };",
        replace: "return { state: 'unavailable', error };",
      },
      {
        id: 'state-outage',
        defense: 'a session that cannot be verified right now does not count as signed out',
        find: "error.code === 'keys_unavailable' || error.detail === 'exp'",
        replace: 'false',
      },
      {
        id: 'state-keys-replaced',
        defense:
          'when the user pool replaces all its keys, users do not get a 503 until their tokens expire',
        find: "if (status.state !== 'signed-out' && !keyGone) return status;",
        replace: "if (status.state !== 'signed-out') return status;",
        tests: ['cognito/verdicts'],
      },
      {
        id: 'state-forced',
        defense: '"refresh now" ends a revoked session immediately',
        find: "if (outcome.state === 'ended' && force) return { state: 'ended', session };",
        replace: '',
      },
      {
        id: 'state-margin',
        defense: 'tokens that expire before the page is rendered do not count as valid',
        find: 'const MARGIN_SECONDS = 2;',
        replace: 'const MARGIN_SECONDS = 0;',
      },
      {
        id: 'state-expired',
        defense: 'expired tokens are not accepted, even while the endpoint is down',
        find: 'verifySession(client, session, -MARGIN_SECONDS)',
        replace: 'verifySession(client, session, 5000)',
      },
      {
        id: 'state-living',
        defense: 'tokens that are still valid are accepted, even while the endpoint is down',
        find: "if (old.state === 'signed-in') return old;",
        replace: '',
      },
      {
        id: 'state-sign-in-age',
        defense: 'the age of a sign-in is counted from the sign-in, not from the last refresh',
        file: 'lib/cognito/protocol/claims.ts',
        find: 'now - at',
        replace: 'now - claims.iat',
        tests: ['cognito/session-status'],
      },
      {
        id: 'state-sign-in-age-absent',
        defense: 'without a sign-in time in the token, the sign-in counts as infinitely old',
        file: 'lib/cognito/protocol/claims.ts',
        find: 'Number.POSITIVE_INFINITY',
        replace: '0',
        tests: ['cognito/session-status'],
      },
    ],
  ),
  ...unit(
    AGAIN,
    ['cognito/lost-refresh-race'],
    [
      {
        id: 'again-hashed',
        defense: 'the retry URL reveals nothing about the tokens',
        find: 'return base64url.encode(hash.subarray(0, 12));',
        replace: 'return base64url.encode(text);',
      },
      {
        id: 'again-own',
        defense: 'the retry URL is valid for one session only',
        find: '(await nameOf(session)) === name',
        replace: "name !== ''",
      },
      {
        id: 'again-last',
        defense: 'the retry URL is recognized only in the form in which the site writes it',
        find: '([\\\\w-]*)$`',
        replace: '([\\\\w-]*)`',
      },
      {
        id: 'again-head-start',
        defense: 'where refresh tokens rotate, the other response gets time to arrive',
        find: 'rotates === false ? 0 : HEAD_START',
        replace: 'rotates ? 0 : HEAD_START',
      },
    ],
  ),
];
