import { unit } from '../mutant';

const MEMORY = 'lib/cognito/session/session-cache.ts';
const SESSION = 'lib/cognito/session/session.ts';
const VERIFY = 'lib/cognito/protocol/verify.ts';
const KEYS = 'lib/cognito/protocol/keys.ts';

/** What a process remembers of sessions loosens no check, and has bounds. */
export const memory = [
  ...unit(
    MEMORY,
    ['cognito/session-cache'],
    [
      {
        id: 'memory-key-whole',
        defence:
          'a whole cookie beside the pieces of a known session counts, as it does for iron-session',
        find: 'const names = [whole, ...Array',
        replace: 'const names = [...Array',
      },
      {
        id: 'memory-key-pieces',
        defence: 'every piece counts that iron-session reads',
        find: 'const MAX_CHUNKS = 4;',
        replace: 'const MAX_CHUNKS = 3;',
      },
      {
        id: 'memory-key-secret',
        defence: 'a secret that was taken out opens no session that was seen before',
        find: '[JSON.stringify(sessionSecret), issuer,',
        replace: '[issuer,',
      },
      {
        id: 'memory-key-issuer',
        defence: 'a session is remembered for one user pool',
        find: ' issuer, clientId, ...cookies]',
        replace: ' clientId, ...cookies]',
      },
      {
        id: 'memory-key-client',
        defence: 'a session is remembered for one app client',
        find: ' issuer, clientId, ...cookies]',
        replace: ' issuer, ...cookies]',
      },
      {
        id: 'memory-key-order',
        defence: 'which piece is which counts',
        find: "const cookies = names.map((name) => jar.read(name) ?? '');",
        replace: "const cookies = names.map((name) => jar.read(name) ?? '').sort();",
      },
      {
        id: 'memory-key-places',
        defence: 'where one piece ends and the next begins counts',
        find: "`${texts.map((each) => each.length)} ${texts.join('')}`",
        replace: "texts.join('')",
      },
      {
        id: 'memory-key-compared',
        defence: 'the end of a seal alone finds no session',
        find: 'found && isSameText(found.key, key) ? found : undefined',
        replace: 'found',
      },
      {
        id: 'memory-key-length',
        defence: 'a key that goes on where another ends is not the same',
        find: 'one.length ^ other.length',
        replace: '0',
      },
      {
        id: 'memory-key-each',
        defence: 'every character of a key is compared',
        find: 'at < one.length; at++',
        replace: 'at < one.length; at += 2',
      },
      {
        id: 'memory-count',
        defence: 'the memory of sessions does not grow without end',
        find: 'cache.sessions.size <= MAX_SESSIONS && ',
        replace: '',
      },
      {
        id: 'memory-characters',
        defence: 'large sessions do not take more memory than many small ones',
        find: ' && cache.characters <= MAX_CHARACTERS',
        replace: '',
      },
      {
        id: 'memory-characters-freed',
        defence: 'what is forgotten makes room',
        find: 'cache.characters -= charactersOf(entry);',
        replace: '',
      },
      {
        id: 'memory-replaced',
        defence: 'a session that was opened twice at the same moment counts once',
        find: '  remove(cache, end);\n  const entry',
        replace: '  const entry',
      },
      {
        id: 'memory-cookies-counted',
        defence: 'what somebody adds to their cookies takes no memory beyond its bound',
        find: 'return key.length + idToken',
        replace: 'return idToken',
      },
      {
        id: 'memory-recent',
        defence: 'a flood of other sessions does not push out the one that is in use',
        find: '  cache.sessions.delete(found.end);\n  cache.sessions.set(found.end, found);\n',
        replace: '',
      },
      {
        id: 'memory-swept',
        defence: 'tokens that are over are not kept',
        find: '<= now) remove(cache, end);',
        replace: '<= now) void end;',
      },
      {
        id: 'memory-swept-all',
        defence: 'tokens that are not over stay',
        find: 'Math.min(id.exp ?? 0, access.exp ?? 0) <= now',
        replace: 'true',
      },
      {
        id: 'memory-swept-rarely',
        defence: 'a request does not look through all sessions that are known',
        find: 'cache.sweptAt = now;',
        replace: '',
      },
      {
        id: 'memory-swept-clock',
        defence: 'a clock that was far ahead for a moment does not keep tokens that are over',
        find: 'Math.abs(now - cache.sweptAt)',
        replace: 'now - cache.sweptAt',
      },
      {
        id: 'memory-forgets',
        defence: 'a sign-out leaves nothing of its session in the memory',
        find: 'if (found) remove(cache, found.end);',
        replace: 'void found;',
      },
    ],
  ),
  ...unit(
    SESSION,
    ['cognito/session-cache'],
    [
      {
        id: 'memory-lifetime',
        defence: 'a session that was seen before is over at the end of its life',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (!session || remainingLife(session.signedInAt) <= 0) return null;',
        replace:
          'if (!session || (!cached && remainingLife(session.signedInAt) <= 0)) return null;',
      },
      {
        id: 'memory-signed-out',
        defence: 'a session that was seen before a sign-out is none after it',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (marker.isSignedOut(jar, session.signedInAt))',
        replace: 'if (!cached && marker.isSignedOut(jar, session.signedInAt))',
      },
      {
        id: 'memory-idle',
        defence: 'a session that was seen before and that nobody used is over',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (await idle.isIdle(jar, session))',
        replace: 'if (!cached && (await idle.isIdle(jar, session)))',
      },
      {
        id: 'memory-living-only',
        defence: 'a session that is over or signed out is not put into the memory',
        file: 'lib/cognito/session/session-store.ts',
        find: '      if (!session || remainingLife(session.signedInAt) <= 0) return null;',
        replace:
          '      if (cache && !cached && session) setCached(cache, key, session);\n      if (!session || remainingLife(session.signedInAt) <= 0) return null;',
      },
      {
        id: 'memory-frozen',
        defence: 'no request changes the session that the next one gets',
        file: 'lib/cognito/session/session-store.ts',
        find: 'Object.freeze({ ...unpacked, signedInAt, receivedAt })',
        replace: '{ ...unpacked, signedInAt, receivedAt }',
      },
    ],
  ),
  ...unit(
    VERIFY,
    ['cognito/verdicts'],
    [
      {
        id: 'verdict-id-times',
        defence: 'the times of an ID token are looked at each time',
        find: 'checkTimes(known.claims.id, at);',
        replace: '',
      },
      {
        id: 'verdict-access-times',
        defence: 'the times of an access token are looked at each time',
        find: 'checkTimes(known.claims.access, at);',
        replace: '',
      },
      {
        id: 'verdict-expiry',
        defence: 'tokens that were verified before are refused when they are over',
        find: 'if (exp <= second)',
        replace: 'if (false)',
      },
      {
        id: 'verdict-not-before',
        defence: 'tokens that were verified before are refused by a clock that is before them',
        find: 'if (nbf > second)',
        replace: 'if (false)',
      },
      {
        id: 'verdict-keys',
        defence: 'tokens that were verified before are verified anew by new keys',
        find: 'known.keys === before &&',
        replace: '',
      },
      {
        id: 'verdict-keys-meanwhile',
        defence: 'keys that were replaced during a verification did not verify it',
        find: 'if (keys && (before ?? keys) === keys)',
        replace: 'if (keys)',
      },
      {
        id: 'verdict-id-text',
        defence: 'another ID token in the same object is verified',
        find: 'known?.idToken === idToken && ',
        replace: 'known !== undefined && ',
      },
      {
        id: 'verdict-access-text',
        defence: 'another access token in the same object is verified',
        find: ' && known.accessToken === accessToken',
        replace: '',
      },
      {
        id: 'verdict-issuer',
        defence: 'what was verified for one user pool is not verified for another',
        find: 'iss === config.issuer && ',
        replace: '',
      },
      {
        id: 'verdict-client',
        defence: 'what was verified for one app client is not verified for another',
        find: ' && aud === config.clientId',
        replace: '',
      },
      {
        id: 'verdict-frozen',
        defence: 'no request changes the claims that the next one gets',
        find: 'Object.freeze({ id: freeze(id), access: freeze(access) })',
        replace: '{ id, access }',
      },
      {
        id: 'verdict-frozen-deep',
        defence: 'nor what is in them: groups, attributes',
        find: 'for (const member of Object.values(value)) freeze(member);',
        replace: '',
      },
    ],
  ),
  ...unit(
    KEYS,
    ['cognito/verdicts'],
    [
      {
        id: 'verdict-keys-asked',
        defence: 'keys are fetched each hour, also where all tokens were verified before',
        find: '  function current(): JSONWebKeySet | undefined {\n    refreshOldKeys();\n',
        replace: '  function current(): JSONWebKeySet | undefined {\n',
      },
      {
        id: 'verdict-keys-same',
        defence: 'keys that are the same as before do not make all tokens be verified anew',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: 'if (JSON.stringify(jwks) !== JSON.stringify(memory.jwks)) memory.jwks = jwks;',
        replace: 'memory.jwks = jwks;',
      },
    ],
  ),
];
