import { unit } from '../mutant';

const STATE = 'lib/cognito/session/session-status.ts';
const AGAIN = 'lib/cognito/session/lost-refresh-race.ts';

/** What a session turns out to be, and whether it is asked for once more. */
export const state = [
  ...unit(
    STATE,
    ['cognito/refresh', 'cognito/idle-timeout'],
    [
      {
        id: 'state-foreign',
        defence: 'a session whose tokens do not verify is none',
        find: "return later ? { state: 'unavailable', error } : { state: 'signed-out' };",
        replace: "return { state: 'unavailable', error };",
      },
      {
        id: 'state-outage',
        defence: 'a session that cannot be verified now is not called signed out',
        find: "error.code === 'keys_unavailable' || error.detail === 'exp'",
        replace: 'false',
      },
      {
        id: 'state-keys-replaced',
        defence:
          'a pool that replaces all its keys leaves nobody before a 503 until the tokens are over',
        find: "if (status.state !== 'signed-out' && !keyGone) return status;",
        replace: "if (status.state !== 'signed-out') return status;",
        tests: ['cognito/verdicts'],
      },
      {
        id: 'state-forced',
        defence: '"refresh now" tells a revoked session at once',
        find: "if (outcome.state === 'ended' && force) return { state: 'ended', session };",
        replace: '',
      },
      {
        id: 'state-margin',
        defence: 'tokens that end before the page is rendered do not count as living',
        find: 'const MARGIN_SECONDS = 2;',
        replace: 'const MARGIN_SECONDS = 0;',
      },
      {
        id: 'state-expired',
        defence: 'tokens that are over let nobody in, though the endpoint is down',
        find: 'verifySession(client, session, -MARGIN_SECONDS)',
        replace: 'verifySession(client, session, 5000)',
      },
      {
        id: 'state-living',
        defence: 'tokens that still live let their person in, though the endpoint is down',
        find: "if (old.state === 'signed-in') return old;",
        replace: '',
      },
      {
        id: 'state-sign-in-age',
        defence:
          'how long ago somebody signed in is counted from the sign-in, not from the refresh',
        find: 'now - authTime',
        replace: 'now - claims.id.iat',
        tests: ['cognito/sign-in-age'],
      },
      {
        id: 'state-sign-in-age-absent',
        defence: 'a token that does not say when its person signed in is as old as can be',
        find: 'Number.POSITIVE_INFINITY',
        replace: '0',
        tests: ['cognito/sign-in-age'],
      },
    ],
  ),
  ...unit(
    AGAIN,
    ['cognito/lost-refresh-race'],
    [
      {
        id: 'again-hashed',
        defence: 'the address that asks once more tells nothing of the tokens',
        find: 'return base64url.encode(hash.subarray(0, 12));',
        replace: 'return base64url.encode(text);',
      },
      {
        id: 'again-own',
        defence: 'that address is of one session, and counts for no other',
        find: '(await nameOf(session)) === name',
        replace: "name !== ''",
      },
      {
        id: 'again-last',
        defence: 'that address is recognised only as we write it',
        find: '([\\\\w-]*)$`',
        replace: '([\\\\w-]*)`',
      },
      {
        id: 'again-head-start',
        defence: 'the other answer gets time to arrive where refresh tokens rotate',
        find: 'rotates === false ? 0 : HEAD_START',
        replace: 'rotates ? 0 : HEAD_START',
      },
    ],
  ),
];
