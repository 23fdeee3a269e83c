import { unit } from '../mutant';

const REFRESH = 'lib/cognito/session/refresh.ts';

/** Who is refreshed, how often, and what ends a session. */
export const refresh = [
  ...unit(
    REFRESH,
    ['cognito/refresh'],
    [
      {
        id: 'refresh-verified',
        defence: 'refreshed tokens are verified like those of a stranger',
        find: 'const claims = await verifyNewTokens(client, tokens);',
        replace:
          'const claims = { id: decodeJwt(tokens.idToken), access: decodeJwt(tokens.accessToken) };',
      },
      {
        id: 'refresh-same-person',
        defence: 'a refresh that returns another person ends the session',
        find: 'if (claims.id.sub !== before.sub)',
        replace: 'if (false)',
      },
      {
        id: 'refresh-same-sign-in',
        defence: 'a refresh that returns another sign-in ends the session',
        find: 'if (claims.id.nonce !== undefined &&',
        replace: 'if (false &&',
      },
      {
        id: 'refresh-no-longer',
        defence: 'a refresh does not make a session begin anew',
        find: 'const { signedInAt } = session;',
        replace: 'const signedInAt = Math.floor(client.now());',
      },
      {
        id: 'refresh-only-no-ends',
        defence: 'only a clear "no" ends a session, an outage never',
        find: "const refused = error.code === 'invalid_grant' || error.code === 'identity_changed';",
        replace: 'const refused = true;',
      },
      {
        id: 'refresh-no-ends',
        defence: 'a refused refresh token ends the session',
        find: "const refused = error.code === 'invalid_grant' ||",
        replace: 'const refused =',
      },
      {
        id: 'refresh-unexpected',
        defence: 'an error of our own ends no session',
        find: "return { state: 'unavailable', error: unexpected };",
        replace: "void unexpected;\n    return { state: 'ended' };",
      },
      {
        id: 'refresh-own',
        defence: 'the tokens of one session never serve another',
        find: 'return `${refreshToken} ${accessToken}`;',
        replace: 'return refreshToken.slice(0, 0) + accessToken;',
      },
      {
        id: 'refresh-generation',
        defence: 'newer tokens of the same refresh token are a refresh of their own',
        find: 'return `${refreshToken} ${accessToken}`;',
        replace: 'return refreshToken + accessToken.slice(0, 0);',
      },
      {
        id: 'refresh-late-comers',
        defence: 'who comes late with the old cookie gets the new session',
        find: 'const KEEP_SECONDS = 60;',
        replace: 'const KEEP_SECONDS = 0;',
      },
      {
        id: 'refresh-forgets',
        defence: 'a result serves for a minute and no longer',
        find: 'const KEEP_SECONDS = 60;',
        replace: 'const KEEP_SECONDS = 6000;',
      },
      {
        id: 'refresh-memory',
        defence: 'the memory of refreshes does not grow without end',
        find: 'const MAX_REMEMBERED = 2000;',
        replace: 'const MAX_REMEMBERED = Number.POSITIVE_INFINITY;',
      },
      {
        id: 'refresh-outage-forgotten',
        defence: 'an outage is not remembered',
        find: "if (state === 'unavailable') return 'never';",
        replace: '',
      },
      {
        id: 'refresh-dead-remembered',
        defence: 'a dead session costs one call in a minute, not one for each request',
        find: "state === 'refreshed' ? 'always' : 'unless-newer'",
        replace: "state === 'refreshed' ? 'always' : 'never'",
      },
      {
        id: 'refresh-ahead',
        defence: 'tokens are refreshed before they are over',
        file: 'lib/cognito/session/session.ts',
        find: 'const REFRESH_AHEAD = 60;',
        replace: 'const REFRESH_AHEAD = 0;',
      },
      {
        id: 'refresh-tenth',
        defence: 'short-lived tokens are not refreshed on every request',
        file: 'lib/cognito/session/session.ts',
        find: 'Math.min(REFRESH_AHEAD, (exp - iat) / 10)',
        replace: 'REFRESH_AHEAD',
      },
      {
        id: 'refresh-patient',
        defence: 'where refresh tokens rotate, an answer that is on its way is waited for',
        find: 'rotates === true',
        replace: 'false',
      },
      {
        id: 'refresh-hangs',
        defence: 'a token endpoint that hangs costs no request more than half a second twice',
        find: 'circuit.run(run, isOutage, rotates === true)',
        replace: 'run()',
      },
      {
        id: 'refresh-once-down',
        defence: 'an endpoint that is known to be down is not asked twice',
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
        defence: 'a late-comer gets the newest session, however often it was refreshed since',
        find: 'const MAX_HOPS = 20;',
        replace: 'const MAX_HOPS = 0;',
      },
    ],
  ),
];
