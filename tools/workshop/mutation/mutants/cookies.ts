import { unit } from '../mutant';

const COOKIES = 'lib/cognito/session/cookies.ts';
const SESSION = 'lib/cognito/session/session.ts';
const ACTIVITY = 'lib/cognito/session/session-end.ts';

/** The cookies, and which of them are accepted as a session. */
export const cookies = [
  ...unit(
    COOKIES,
    ['cognito/cookies', 'cognito/session'],
    [
      {
        id: 'cookie-http-only',
        defense: 'scripts cannot read a cookie',
        find: 'httpOnly: true,\n        secure: name',
        replace: 'httpOnly: false,\n        secure: name',
      },
      {
        id: 'cookie-same-site',
        defense: 'a form or fetch from another site sends no cookies',
        find: "sameSite: 'lax',\n        // `__Host-`",
        replace: "sameSite: 'none',\n        // `__Host-`",
      },
      {
        id: 'cookie-path',
        defense: 'a cookie is for the whole host, as `__Host-` requires',
        find: "path: '/',\n        ...",
        replace: "path: '/profile',\n        ...",
      },
      {
        id: 'cookie-secure',
        defense: 'on https, a cookie is never sent over http',
        find: 'secure: name.startsWith(HOST_PREFIX),',
        replace: 'secure: false,',
      },
      {
        id: 'cookie-insecure-http',
        defense:
          'on http, a cookie is not `Secure`: some browsers would drop it, and no one could sign in',
        find: 'secure: name.startsWith(HOST_PREFIX),',
        replace: 'secure: true,',
      },
      {
        id: 'cookie-host-prefix',
        defense: 'another host of the domain cannot plant a cookie (`__Host-`)',
        find: 'if (secure) return `${HOST_PREFIX}${name}`;',
        replace: 'if (secure) return name;',
      },
      {
        id: 'cookie-port',
        defense: 'two sites on one host do not share cookies',
        find: 'return port ? `${name}-${port}` : name;',
        replace: 'return name;',
      },
      {
        id: 'cookie-deleted',
        defense: 'a cookie that the site deletes is deleted in the browser',
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
        defense: 'a valid seal with other contents is not accepted as a session',
        file: 'lib/cognito/packing/pack.ts',
        find: 'if (!isPacked(tokens)) return null;',
        replace: '',
      },
      {
        id: 'session-times',
        defense: 'a session without its timestamps is not accepted',
        file: 'lib/cognito/packing/pack.ts',
        find: "if (typeof signedInAt !== 'number' || typeof receivedAt !== 'number') return null;",
        replace: '',
      },
      {
        id: 'session-lifetime',
        defense: 'a session ends after its lifetime, however often it was refreshed',
        file: 'lib/cognito/session/session-store.ts',
        find: ' || remainingLife(session.signedInAt) <= 0',
        replace: '',
      },
      {
        id: 'session-cookie-lifetime',
        defense: 'a refresh does not make the cookie outlast the session',
        file: 'lib/cognito/session/session-store.ts',
        find: 'Math.max(remainingLife(session.signedInAt), 1)',
        replace: 'config.sessionLifetime',
      },
      {
        id: 'session-signed-out',
        defense: 'a session from before a sign-out is not accepted',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (marker.isSignedOut(jar, session.signedInAt)) return null;',
        replace: '',
        tests: ['cognito/sign-out-marker'],
      },
      {
        id: 'session-readable',
        defense: 'a session with unreadable tokens is not accepted',
        file: 'lib/cognito/packing/pack.ts',
        find: 'timesOf(session);',
        replace: '',
      },
      {
        id: 'session-size',
        defense: 'a session that is too large for its cookies is refused, not truncated',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (size > MAX_PLAIN)',
        replace: 'if (false)',
      },
      {
        id: 'session-replaces',
        defense: 'nothing from an earlier seal is sealed again',
        file: 'lib/cognito/session/session-store.ts',
        find: 'Reflect.deleteProperty(sealed, member);',
        replace: 'void member;',
      },
      {
        id: 'session-cleared',
        defense: 'clearing a session deletes its cookies',
        file: 'lib/cognito/session/session-store.ts',
        find: '(await open(jar, config.sessionLifetime)).destroy();',
        replace: 'void open;',
      },
      {
        id: 'session-pieces',
        defense: 'the chunks of a session cookie are recognized as session cookies',
        file: 'lib/cognito/session/session-store.ts',
        find: 'return name === whole || name.startsWith(`${whole}.`);',
        replace: 'return name === whole;',
      },
      {
        id: 'session-clock-bound',
        defense: 'a wrong clock extends a token by at most five minutes',
        find: 'Math.min(Math.max(ahead, -CLOCK_DIFFERENCE), CLOCK_DIFFERENCE)',
        replace: 'ahead',
      },
      {
        id: 'session-idle-inverted',
        defense: 'an idle session ends, and an active one continues',
        file: 'lib/cognito/session/session-end.ts',
        find: '>= sessionIdle;',
        replace: '< sessionIdle;',
        tests: ['cognito/session-end'],
      },
    ],
  ),
  ...unit(
    SESSION,
    ['in-process/lifetimes'],
    [
      {
        id: 'session-idle',
        defense: 'a session that was idle for SESSION_IDLE ends',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (await idle.isIdle(jar, session)) return null;',
        replace: '',
      },
    ],
  ),
  ...unit(
    ACTIVITY,
    ['cognito/session-end'],
    [
      {
        id: 'activity-own',
        defense: 'activity of another session does not extend this one',
        find: 'const ours = of === familyOf(session) &&',
        replace: 'const ours =',
      },
      {
        id: 'activity-sealed',
        defense: 'a forged time of last activity does not extend a session',
        find: 'await unsealData<Seen>(seal, sealOptions);',
        replace: '{ of: familyOf(session), at: Number(seal) || 4e9 };',
      },
      {
        id: 'activity-latest',
        defense: 'a refresh after the last recorded activity counts as activity',
        find: 'ours ? Math.max(at, session.receivedAt) : session.receivedAt',
        replace: 'ours ? at : session.receivedAt',
      },
      {
        id: 'activity-noted',
        defense: 'activity keeps a session from becoming idle',
        find: 'jar.write(name, await sealData(seen, sealOptions), { maxAge: sessionIdle });',
        replace: '',
      },
      {
        id: 'activity-rare',
        defense: 'activity is not recorded on every view',
        find: '< sessionIdle / PART) return;',
        replace: '< 0) return;',
      },
      {
        id: 'activity-off',
        defense: 'without an idle timeout, there is no activity cookie',
        find: '      if (sessionIdle === undefined) return;\n',
        replace: '',
      },
    ],
  ),
];
