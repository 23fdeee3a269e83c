import { unit } from '../mutant';

const REFRESH = 'lib/cognito/session/refresh.ts';

/** When and how often a session is refreshed, and what ends it. */
export const refresh = [
  ...unit(
    REFRESH,
    ['cognito/refresh'],
    [
      {
        id: 'refresh-verified',
        defense: 'refreshed tokens are verified like any others',
        find: 'const claims = await verifyNewTokens(client, tokens);',
        replace:
          'const claims = { id: decodeJwt(tokens.idToken), access: decodeJwt(tokens.accessToken) };',
      },
      {
        id: 'refresh-same-person',
        defense: 'a refresh that returns another user ends the session',
        find: 'if (claims.id.sub !== before.sub)',
        replace: 'if (false)',
      },
      {
        id: 'refresh-same-sign-in',
        defense: 'a refresh that returns another sign-in ends the session',
        find: 'if (claims.id.nonce !== undefined &&',
        replace: 'if (false &&',
      },
      {
        id: 'refresh-no-longer',
        defense: "a refresh does not restart the session's lifetime",
        find: 'const { signedInAt } = session;',
        replace: 'const signedInAt = Math.floor(client.now());',
      },
      {
        id: 'refresh-only-no-ends',
        defense: 'only a definite refusal ends a session, never an outage',
        find: "const refused = error.code === 'invalid_grant' || error.code === 'identity_changed';",
        replace: 'const refused = true;',
      },
      {
        id: 'refresh-no-ends',
        defense: 'a refused refresh token ends the session',
        find: "const refused = error.code === 'invalid_grant' ||",
        replace: 'const refused =',
      },
      {
        id: 'refresh-unexpected',
        defense: 'an exception in our own code does not end the session',
        find: "return { state: 'unavailable', error: unexpected };",
        replace: "void unexpected;\n    return { state: 'ended' };",
      },
      {
        id: 'refresh-own',
        defense: "the result of one session's refresh never reaches another session",
        find: 'return `${refreshToken} ${accessToken}`;',
        replace: 'return refreshToken.slice(0, 0) + accessToken;',
      },
      {
        id: 'refresh-generation',
        defense: 'newer tokens with the same refresh token are refreshed separately',
        find: 'return `${refreshToken} ${accessToken}`;',
        replace: 'return refreshToken + accessToken.slice(0, 0);',
      },
      {
        id: 'refresh-late-comers',
        defense: 'a late request with the old cookie gets the new session',
        find: 'const KEEP_SECONDS = 60;',
        replace: 'const KEEP_SECONDS = 0;',
      },
      {
        id: 'refresh-forgets',
        defense: 'a result is reused for one minute at most',
        find: 'const KEEP_SECONDS = 60;',
        replace: 'const KEEP_SECONDS = 6000;',
      },
      {
        id: 'refresh-memory',
        defense: 'the number of remembered refreshes is limited',
        find: 'const MAX_REMEMBERED = 2000;',
        replace: 'const MAX_REMEMBERED = Number.POSITIVE_INFINITY;',
      },
      {
        id: 'refresh-outage-forgotten',
        defense: 'an outage is not remembered',
        find: "if (state === 'unavailable') return 'never';",
        replace: '',
      },
      {
        id: 'refresh-dead-remembered',
        defense: 'an ended session causes one call per minute, not one per request',
        find: "state === 'refreshed' ? 'always' : 'unless-newer'",
        replace: "state === 'refreshed' ? 'always' : 'never'",
      },
      {
        id: 'refresh-ahead',
        defense: 'tokens are refreshed before they expire',
        file: 'lib/cognito/session/session.ts',
        find: 'const REFRESH_AHEAD = 60;',
        replace: 'const REFRESH_AHEAD = 0;',
      },
      {
        id: 'refresh-tenth',
        defense: 'short-lived tokens are not refreshed on every request',
        file: 'lib/cognito/session/session.ts',
        find: 'Math.min(REFRESH_AHEAD, (exp - iat) / 10)',
        replace: 'REFRESH_AHEAD',
      },
      {
        id: 'refresh-patient',
        defense: 'where refresh tokens rotate, the request waits for a pending response',
        find: 'rotates === true',
        replace: 'false',
      },
      {
        id: 'refresh-hangs',
        defense: 'a hanging token endpoint delays a request by at most half a second, twice',
        find: 'circuit.run(run, isOutage, rotates === true)',
        replace: 'run()',
      },
      {
        id: 'refresh-once-down',
        defense: 'an endpoint that is known to be down is not called twice',
        find: 'requestAndVerify(client, session, circuit.isBroken())',
        replace: 'requestAndVerify(client, session, false)',
      },
    ],
  ),
  ...unit(
    REFRESH,
    ['workshop/in-process/races'],
    [
      {
        id: 'refresh-hops',
        defense: 'a late request gets the newest session, however often it was refreshed since',
        find: 'const MAX_HOPS = 20;',
        replace: 'const MAX_HOPS = 0;',
      },
    ],
  ),
];
