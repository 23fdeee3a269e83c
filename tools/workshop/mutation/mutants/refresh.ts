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
        find: 'const { signedInAt } = session;\n  // Now',
        replace: 'const signedInAt = Math.floor(client.now());\n  // Now',
      },
      {
        id: 'refresh-received',
        defense: 'tokens that waited for new keys do not live longer because of that',
        find: "return { state: 'refreshed', session: { ...tokens, signedInAt, receivedAt }, claims };",
        replace:
          "return { state: 'refreshed', session: { ...tokens, signedInAt, receivedAt: Math.floor(client.now()) }, claims };",
      },
      {
        id: 'refresh-received-clock',
        defense: 'waiting for new keys is not mistaken for a wrong clock',
        file: 'lib/cognito/protocol/verify.ts',
        find: 'const ahead = receivedAt - claims',
        replace: 'const ahead = client.now() - claims',
        tests: ['cognito/refresh', 'cognito/callbacks'],
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
        defense: 'an exception in our own code ends no session',
        find: "return { state: 'unavailable', error: unexpected };",
        replace: "void unexpected;\n    return { state: 'ended' };",
      },
      {
        id: 'refresh-own',
        defense: "the result of one session's refresh never reaches another session",
        find: ' ${session.refreshToken} ${session.accessToken}`;',
        replace: ' ${session.accessToken}`;',
      },
      {
        id: 'refresh-generation',
        defense: 'newer tokens with the same refresh token are refreshed separately',
        find: ' ${session.refreshToken} ${session.accessToken}`;',
        replace: ' ${session.refreshToken}`;',
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
        id: 'refresh-quota',
        defense: "one user's many sessions can't use up the quota of the token endpoint",
        find: 'if (quota.isSpent(userOf(session))) return TOO_MANY;',
        replace: '',
      },
      {
        id: 'refresh-quota-others',
        defense: 'a user who has used up their share stops nobody else',
        file: 'lib/cognito/memory/refresher-memory.ts',
        find: 'counts.get(user)',
        replace: '[...counts.values()][0]',
      },
      {
        id: 'refresh-quota-again',
        defense: 'nor for longer than a minute',
        file: 'lib/cognito/memory/refresher-memory.ts',
        find: 'now() - found.since < seconds',
        replace: 'seconds > 0',
      },
      {
        id: 'refresh-memory-each',
        defense: "one user's refreshes do not push out those of others",
        find: 'const MAX_EACH = 20;',
        replace: 'const MAX_EACH = 20_000;',
      },
      {
        id: 'refresh-refused-only',
        defense: "one user's 4xx responses do not stop the refreshes of others",
        file: 'lib/cognito/protocol/tokens.ts',
        find: "return !error.detail?.startsWith('HTTP 4');",
        replace: 'return true;',
      },
      {
        id: 'refresh-pause',
        defense: 'on request, a session is refreshed once in half a minute',
        file: 'lib/cognito/session/session-status.ts',
        find: '(!force || isNew) &&',
        replace: '!force &&',
        tests: ['in-process/refresh'],
      },
      {
        id: 'refresh-pause-same-second',
        defense: 'even if the first refresh comes in the same second as the sign-in',
        find: 'Math.max(Math.floor(client.now()), signedInAt + 1)',
        replace: 'Math.floor(client.now())',
        tests: ['cognito/refresh'],
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
        defense: 'a hanging token endpoint costs no request more than half a second, twice',
        find: 'circuit.run(run, isDown, rotates === true)',
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
    ['cognito/refresh', 'workshop/in-process/late-answers'],
    [
      {
        id: 'refresh-signed-out',
        defense: 'a copy of an older cookie brings no session back after a sign-out',
        find: 'if (!isInDoubt(known.session)) return known;',
        replace: 'if (known) return known;',
      },
      {
        id: 'refresh-signing-out',
        defense: 'nor while the sign-out is being processed',
        find: 'ended + SIGN_OUT_SECONDS',
        replace: 'ended',
      },
      {
        id: 'refresh-distrust-dropped',
        defense: "the sign-outs of others don't push out the memory of one's own",
        file: 'lib/cognito/memory/refresher-memory.ts',
        find: 'droppedAt = oldest[1];',
        replace: '',
      },
      {
        id: 'refresh-distrust-family',
        defense: "signing out on one device leaves the user's other sessions alone",
        find: 'everywhere ? userOf(session) : familyOf(session)',
        replace: 'userOf(session)',
      },
      {
        id: 'refresh-distrust-everywhere',
        defense: 'signing out on all devices ends what was remembered of the other sessions',
        find: 'everywhere ? userOf(session) : familyOf(session)',
        replace: 'familyOf(session)',
      },
      {
        id: 'refresh-distrust-own',
        defense: "a sign-out doesn't affect other users",
        file: 'lib/cognito/memory/refresher-memory.ts',
        find: 'times.get(each) ?? 0',
        replace: '[...times.values()][0] ?? 0',
      },
      {
        id: 'refresh-confirms-newest',
        defense: 'what was remembered is confirmed with the newest refresh token, which may rotate',
        find: '? refreshOnce(known.session) : NOT_NOW',
        replace: '? refreshOnce(session) : NOT_NOW',
      },
      {
        id: 'refresh-confirms-often',
        defense: 'a sign-out does not let its user cause any number of calls',
        find: 'return hops < MAX_HOPS ?',
        replace: 'return hops >= 0 ?',
      },
      {
        id: 'refresh-refused-later',
        defense: 'a session that the pool has refused to refresh again is not handed out',
        find: "if (!next || next.state === 'unavailable') break;",
        replace: "if (next?.state !== 'refreshed') break;",
      },
    ],
  ),
  ...unit(
    REFRESH,
    ['cognito/refresh', 'workshop/in-process/races'],
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
