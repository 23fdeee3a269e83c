import { site, unit } from '../mutant';

const SIGNED_OUT = 'lib/cognito/session/sign-out-marker.ts';

/** A sign-out wins, always and everywhere. */
export const signOut = [
  ...site(
    'app/logout/route.ts',
    ['in-process/sign-out', 'workshop/in-process/late-answers'],
    [
      {
        id: 'logout-body',
        defence: 'no more of a body is read than a form can have',
        find: 'const MAX_FORM_BYTES = 4096;',
        replace: 'const MAX_FORM_BYTES = 4_000_000;',
        tests: ['workshop/in-process/abuse'],
        level: 'unit',
      },
      {
        id: 'logout-revokes',
        defence: 'signing out revokes the refresh token',
        find: 'await revokeToken(client, session.refreshToken).catch(report);',
        replace: '',
        level: 'unit',
      },
      {
        id: 'logout-forgets',
        defence: 'signing out leaves nothing of the session in what the pages remember',
        find: '  sessions.forget(jar);\n',
        replace: '',
        tests: ['workshop/site/work'],
      },
      {
        id: 'logout-clears',
        defence: 'signing out deletes the session cookies',
        find: 'await sessions.end(jar, session);',
        replace: '',
        level: 'unit',
      },
      {
        id: 'logout-attempts',
        defence: 'signing out deletes the attempts that were begun',
        find: 'attempts.forgetAll(jar);',
        replace: '',
        level: 'unit',
      },
      {
        id: 'logout-hosted',
        defence: 'signing out ends the session of the hosted UI',
        find: 'responses.redirectTo(logoutUrl(config), 303)',
        replace: 'responses.redirectTo(config.logoutUri, 303)',
        level: 'unit',
      },
      {
        id: 'logout-marks',
        defence: 'an answer that comes after the sign-out does not bring the session back',
        file: 'lib/cognito/session/session-store.ts',
        find: 'marker.signOut(jar, session?.signedInAt);',
        replace: '',
        level: 'unit',
      },
      {
        id: 'logout-everywhere',
        defence: 'signing out everywhere ends the sessions of other devices',
        find: 'await signOutEverywhere(client, current.accessToken);',
        replace: '',
        level: 'unit',
      },
      {
        id: 'logout-promise',
        defence: 'a sign-out everywhere that did not happen is not called one',
        find: 'if (!done) {',
        replace: 'if (!done && session.signedInAt < 0) {',
        level: 'unit',
      },
    ],
  ),
  ...unit(
    SIGNED_OUT,
    ['workshop/in-process/late-answers'],
    [
      {
        id: 'signed-out-checked',
        defence: 'every reader of a session asks whether it was signed out',
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
        defence: 'a sign-in after the sign-out counts, and none before it',
        find: 'signedInAt < Number(mark)',
        replace: 'signedInAt > Number(mark)',
      },
      {
        id: 'signed-out-garbage',
        defence: 'a mark that is garbage signs nobody out',
        find: '/^\\d{1,11}$/.test(mark) &&',
        replace: "mark !== '' && !",
      },
      {
        id: 'signed-out-same-second',
        defence: 'a sign-out ends a session that began in this very second, or by a clock ahead',
        find: 'Math.max(Math.floor(now()), (signedInAt ?? 0) + 1)',
        replace: 'Math.floor(now())',
      },
      {
        id: 'signed-out-unknown',
        defence: 'a sign-out without a session counts, too',
        find: 'Math.max(Math.floor(now()), (signedInAt ?? 0) + 1)',
        replace: '(signedInAt ?? 0) + 1',
      },
      {
        id: 'signed-out-lifetime',
        defence: 'the mark lives as long as a session of before could',
        find: 'maxAge: config.sessionLifetime',
        replace: 'maxAge: 60',
      },
      {
        id: 'signed-in-over',
        defence: 'a sign-in over another session moves the mark, without a sign-out in between',
        find: 'each === name || each.startsWith(session)',
        replace: 'each === name',
      },
      {
        id: 'signed-in-mends',
        defence: 'a sign-in mends a mark from the future',
        find: 'each === name || each.startsWith(session)',
        replace: 'each.startsWith(session)',
      },
    ],
  ),
];
