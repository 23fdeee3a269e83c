import { unit } from '../mutant';

const COOKIES = 'lib/cognito/session/cookies.ts';
const SESSION = 'lib/cognito/session/session.ts';
const ACTIVITY = 'lib/cognito/session/idle-timeout.ts';

/** The cookies, and what counts as a session out of them. */
export const cookies = [
  ...unit(
    COOKIES,
    ['cognito/cookies', 'cognito/session'],
    [
      {
        id: 'cookie-http-only',
        defence: 'no script sees a cookie',
        find: 'httpOnly: true,\n        secure: name',
        replace: 'httpOnly: false,\n        secure: name',
      },
      {
        id: 'cookie-same-site',
        defence: 'no other site sends a cookie along with a form or a fetch',
        find: "sameSite: 'lax',\n        // `__Host-`",
        replace: "sameSite: 'none',\n        // `__Host-`",
      },
      {
        id: 'cookie-path',
        defence: 'a cookie is for the whole host, as `__Host-` asks',
        find: "path: '/',\n        ...",
        replace: "path: '/profile',\n        ...",
      },
      {
        id: 'cookie-secure',
        defence: 'on https a cookie never goes over http',
        find: 'secure: name.startsWith(HOST_PREFIX),',
        replace: 'secure: false,',
      },
      {
        id: 'cookie-insecure-http',
        defence:
          'on http a cookie is not `Secure`, or browsers that drop it there would sign nobody in',
        find: 'secure: name.startsWith(HOST_PREFIX),',
        replace: 'secure: true,',
      },
      {
        id: 'cookie-host-prefix',
        defence: 'no other host of the domain can plant a cookie (`__Host-`)',
        find: 'config.secure ? `${HOST_PREFIX}${name}` : name',
        replace: 'name',
      },
      {
        id: 'cookie-deleted',
        defence: 'what is deleted is deleted in the browser',
        find: '...(maxAge === undefined ? {} : { maxAge }),',
        replace: '',
      },
    ],
  ),
  ...unit(
    SESSION,
    ['cognito/session', 'cognito/cookies'],
    [
      {
        id: 'session-shape',
        defence: 'a seal of ours that holds something else is no session',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (!isPacked(tokens)) return null;',
        replace: '',
      },
      {
        id: 'session-times',
        defence: 'a session without its times is none',
        file: 'lib/cognito/session/session-store.ts',
        find: "if (typeof signedInAt !== 'number' || typeof receivedAt !== 'number') return null;",
        replace: '',
      },
      {
        id: 'session-lifetime',
        defence: 'a session is over at the end of its life, however often it was refreshed',
        file: 'lib/cognito/session/session-store.ts',
        find: ' || remainingLife(session.signedInAt) <= 0',
        replace: '',
      },
      {
        id: 'session-cookie-lifetime',
        defence: 'a refresh does not make the cookie live longer than the session',
        file: 'lib/cognito/session/session-store.ts',
        find: 'Math.max(remainingLife(session.signedInAt), 1)',
        replace: 'config.sessionLifetime',
      },
      {
        id: 'session-signed-out',
        defence: 'a session from before a sign-out is none',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (marker.isSignedOut(jar, session.signedInAt)) return null;',
        replace: '',
        tests: ['cognito/sign-out-marker'],
      },
      {
        id: 'session-readable',
        defence: 'a session whose tokens cannot be read is none',
        file: 'lib/cognito/session/session-store.ts',
        find: 'timesOf(session);',
        replace: '',
      },
      {
        id: 'session-size',
        defence: 'a session too large for its cookies is refused whole, not cut',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (size > MAX_PLAIN)',
        replace: 'if (false)',
      },
      {
        id: 'session-replaces',
        defence: 'nothing that was sealed before is sealed along',
        file: 'lib/cognito/session/session-store.ts',
        find: 'Reflect.deleteProperty(sealed, member);',
        replace: 'void member;',
      },
      {
        id: 'session-cleared',
        defence: 'clearing a session deletes its cookies',
        file: 'lib/cognito/session/session-store.ts',
        find: '(await open(jar, config.sessionLifetime)).destroy();',
        replace: 'void open;',
      },
      {
        id: 'session-pieces',
        defence: 'the pieces of a session are known as its own',
        file: 'lib/cognito/session/session-store.ts',
        find: 'return name === whole || name.startsWith(`${whole}.`);',
        replace: 'return name === whole;',
      },
      {
        id: 'session-clock-bound',
        defence: 'a clock that is off makes no token live more than five minutes longer',
        find: 'Math.min(Math.max(ahead, -CLOCK_DIFFERENCE), CLOCK_DIFFERENCE)',
        replace: 'ahead',
      },
      {
        id: 'session-idle-inverted',
        defence: 'a session that nobody used is over, and one in use goes on',
        file: 'lib/cognito/session/idle-timeout.ts',
        find: '>= sessionIdle;',
        replace: '< sessionIdle;',
        tests: ['cognito/idle-timeout'],
      },
    ],
  ),
  ...unit(
    SESSION,
    ['in-process/lifetimes'],
    [
      {
        id: 'session-idle',
        defence: 'a session that nobody used for SESSION_IDLE is over',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (await idle.isIdle(jar, session)) return null;',
        replace: '',
      },
    ],
  ),
  ...unit(
    ACTIVITY,
    ['cognito/idle-timeout'],
    [
      {
        id: 'activity-own',
        defence: 'the activity of another session prolongs nothing',
        find: 'const ours = signedInAt === session.signedInAt &&',
        replace: 'const ours =',
      },
      {
        id: 'activity-sealed',
        defence: 'a made-up time of the last visit prolongs nothing',
        find: 'await unsealData<Seen>(seal, sealOptions);',
        replace: '{ signedInAt: session.signedInAt, at: Number(seal) || 4e9 };',
      },
      {
        id: 'activity-noted',
        defence: 'being here keeps a session from being idle',
        find: 'jar.write(name, await sealData(seen, sealOptions), { maxAge: sessionIdle });',
        replace: '',
      },
      {
        id: 'activity-rare',
        defence: 'being here is not written down on every view',
        find: '< sessionIdle / PART) return;',
        replace: '< 0) return;',
      },
      {
        id: 'activity-off',
        defence: 'where no idle time is set there is no such cookie',
        find: '      if (sessionIdle === undefined) return;\n',
        replace: '',
      },
    ],
  ),
];
