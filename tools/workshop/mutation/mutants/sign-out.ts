import { site, unit } from '../mutant';

const SIGNED_OUT = 'lib/cognito/session/session-end.ts';

/** A sign-out always wins. */
export const signOut = [
  ...site(
    'app/logout/route.ts',
    ['in-process/sign-out', 'workshop/in-process/late-answers'],
    [
      {
        id: 'logout-revokes',
        defense: 'signing out revokes the refresh token',
        find: 'await revokeToken(client, session.refreshToken).catch(report);',
        replace: '',
        level: 'unit',
      },
      {
        id: 'logout-forgets',
        defense: 'signing out removes the session from the cache of the pages',
        find: 'await forgetSession(site, jar, wanted);',
        replace: 'await sessions.read(jar);',
        tests: ['workshop/site/work'],
      },
      {
        id: 'logout-clears',
        defense: 'signing out deletes the session cookies',
        find: 'await sessions.end(jar, session);',
        replace: '',
        level: 'unit',
      },
      {
        id: 'logout-attempts',
        defense: 'signing out deletes the cookies of all attempts',
        find: 'attempts.forgetAll(jar);',
        replace: '',
        level: 'unit',
      },
      {
        id: 'logout-hosted',
        defense: "signing out ends the hosted UI's session",
        find: 'responses.redirectTo(logoutUrl(config), 303)',
        replace: 'responses.redirectTo(config.logoutUri, 303)',
        level: 'unit',
      },
      {
        id: 'logout-marks',
        defense: 'a response that arrives after the sign-out does not restore the session',
        file: 'lib/cognito/session/session-store.ts',
        find: 'marker.signOut(jar, session?.signedInAt);',
        replace: '',
        level: 'unit',
      },
      {
        id: 'logout-everywhere',
        defense: 'signing out everywhere ends the sessions on other devices',
        find: 'await signOutEverywhere(client, current.accessToken);',
        replace: '',
        level: 'unit',
      },
      {
        id: 'logout-promise',
        defense: 'a failed sign-out everywhere is not reported as done',
        find: 'if (!done) {',
        replace: 'if (!done && session.signedInAt < 0) {',
        level: 'unit',
      },
    ],
  ),
  ...unit(
    'app/login/route.ts',
    ['in-process/sign-out'],
    [
      {
        id: 'replaced-revoked',
        defense: 'a second sign-in in the same browser revokes the session that it replaces',
        find: 'after(() => revokeToken(site.client, replaced.refreshToken).catch(report));',
        replace: 'void report;',
      },
      {
        id: 'replaced-waits',
        defense: 'a sign-in does not wait for that',
        find: 'after(() => revokeToken(site.client, replaced.refreshToken).catch(report));',
        replace: 'await revokeToken(site.client, replaced.refreshToken).catch(report);',
      },
      {
        id: 'replaced-forgotten',
        defense: 'the replaced session is forgotten, as after a sign-out',
        file: 'lib/cognito/admit.ts',
        find: " || request.nextUrl.searchParams.has('code')",
        replace: '',
        tests: ['workshop/in-process/late-answers'],
      },
      {
        id: 'logout-failed-writes',
        defense: 'a failed sign-out everywhere keeps the session that was refreshed for it',
        file: 'app/logout/route.ts',
        find: 'if (current !== session) await sessions.write(jar, current);',
        replace: '',
      },
    ],
  ),
  ...unit(
    SIGNED_OUT,
    ['workshop/in-process/late-answers'],
    [
      {
        id: 'signed-out-checked',
        defense: 'every read of a session checks the sign-out marker',
        find: '&& signedInAt < Number(mark)',
        replace: '&& signedInAt < 0',
      },
    ],
  ),
  ...unit(
    SIGNED_OUT,
    ['cognito/sign-out-marker'],
    [
      {
        id: 'signed-out-inverted',
        defense: 'a sign-in after the sign-out counts, an earlier one does not',
        find: 'signedInAt < Number(mark)',
        replace: 'signedInAt > Number(mark)',
      },
      {
        id: 'signed-out-garbage',
        defense: 'an unreadable marker does not sign anyone out',
        find: '/^\\d{1,11}$/.test(mark) &&',
        replace: "mark !== '' && !",
      },
      {
        id: 'signed-out-same-second',
        defense:
          'a sign-out also ends a session that started in the same second, or by a clock that is ahead',
        find: 'Math.max(Math.floor(now()), (signedInAt ?? 0) + 1)',
        replace: 'Math.floor(now())',
      },
      {
        id: 'signed-out-unknown',
        defense: 'a sign-out without a session counts, too',
        find: 'Math.max(Math.floor(now()), (signedInAt ?? 0) + 1)',
        replace: '(signedInAt ?? 0) + 1',
      },
      {
        id: 'signed-out-lifetime',
        defense: 'the marker lasts as long as an earlier session could',
        find: 'maxAge: config.sessionLifetime',
        replace: 'maxAge: 60',
      },
      {
        id: 'signed-in-over',
        defense:
          'a sign-in over another session moves the marker, even without a sign-out in between',
        find: 'each === name || each.startsWith(session)',
        replace: 'each === name',
      },
      {
        id: 'signed-in-corrects',
        defense: 'a sign-in corrects a marker from the future',
        find: 'each === name || each.startsWith(session)',
        replace: 'each.startsWith(session)',
      },
    ],
  ),
];
