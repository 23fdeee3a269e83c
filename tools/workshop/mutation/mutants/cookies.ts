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
        find: 'httpOnly: true,\n        secure: options',
        replace: 'httpOnly: false,\n        secure: options',
      },
      {
        id: 'cookie-same-site',
        defence: 'no other site sends a cookie along with a form or a fetch',
        find: "sameSite: 'lax',\n        path",
        replace: "sameSite: 'none',\n        path",
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
        find: 'secure: config.secure,',
        replace: 'secure: false,',
      },
      {
        id: 'cookie-secure-written',
        defence: 'a cookie is written with the `Secure` it asks for',
        find: 'secure: options.secure ?? true,',
        replace: 'secure: false,',
      },
      {
        id: 'cookie-host-prefix',
        defence: 'no other host of the domain can plant a cookie (`__Host-`)',
        find: 'config.secure ? `__Host-${name}` : name',
        replace: 'name',
      },
      {
        id: 'cookie-recipe',
        defence: 'the recipe says HttpOnly',
        find: 'httpOnly: true,\n    secure: config',
        replace: 'httpOnly: false,\n    secure: config',
        explained:
          'the jar writes every cookie HttpOnly, Lax and for the whole host, whatever it is told',
      },
      {
        id: 'cookie-deleted',
        defence: 'what is deleted is deleted in the browser',
        find: '...(options.maxAge === undefined ? {} : { maxAge: options.maxAge }),',
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
        find: 'if (!isPacked(tokens)) return null;',
        replace: '',
      },
      {
        id: 'session-times',
        defence: 'a session without its times is none',
        find: "if (typeof signedInAt !== 'number' || typeof receivedAt !== 'number') return null;",
        replace: '',
      },
      {
        id: 'session-lifetime',
        defence: 'a session is over at the end of its life, however often it was refreshed',
        find: 'if (remainingLife(config, session.signedInAt, now) <= 0) return null;',
        replace: '',
      },
      {
        id: 'session-cookie-lifetime',
        defence: 'a refresh does not make the cookie live longer than the session',
        find: 'Math.max(remainingLife(config, signedInAt, now), 1)',
        replace: 'config.sessionLifetime',
      },
      {
        id: 'session-signed-out',
        defence: 'a session from before a sign-out is none',
        find: 'if (isSignedOut(config, jar, session.signedInAt)) return null;',
        replace: '',
        tests: ['cognito/signed-out'],
      },
      {
        id: 'session-readable',
        defence: 'a session whose tokens cannot be read is none',
        find: 'return isReadable(session) ? session : null;',
        replace: 'return session;',
      },
      {
        id: 'session-size',
        defence: 'a session too large for its cookies is refused whole, not cut',
        find: 'if (size > MAX_PLAIN)',
        replace: 'if (false)',
      },
      {
        id: 'session-replaces',
        defence: 'nothing that was sealed before is sealed along',
        find: 'Reflect.deleteProperty(sealed, member)',
        replace: 'void member',
      },
      {
        id: 'session-cleared',
        defence: 'clearing a session deletes its cookies',
        find: 'session.destroy();',
        replace: 'void session;',
      },
      {
        id: 'session-pieces',
        defence: 'the pieces of a session are known as its own',
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
        find: '>= config.sessionIdle;',
        replace: '< config.sessionIdle;',
        tests: ['cognito/activity'],
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
        find: 'if (await isIdle(config, jar, session, now)) return null;',
        replace: '',
      },
    ],
  ),
  ...unit(
    ACTIVITY,
    ['cognito/activity'],
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
        find: 'await unsealData<Seen>(seal, sealOptions(config));',
        replace: '{ signedInAt: session.signedInAt, at: Number(seal) || 4e9 };',
      },
      {
        id: 'activity-noted',
        defence: 'being here keeps a session from being idle',
        find: 'jar.write(cookieName(config, NAME), seal, options);',
        replace: '',
      },
      {
        id: 'activity-rare',
        defence: 'being here is not written down on every view',
        find: '< config.sessionIdle / PART) return;',
        replace: '< 0) return;',
      },
      {
        id: 'activity-off',
        defence: 'where no idle time is set there is no such cookie',
        find: '  if (config.sessionIdle === undefined) return;\n',
        replace: '',
      },
    ],
  ),
];
