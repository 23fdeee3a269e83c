import { unit } from '../mutant';

const MEMORY = 'lib/cognito/memory/session-cache.ts';
const SESSION = 'lib/cognito/session/session.ts';
const VERIFY = 'lib/cognito/protocol/verify.ts';
const CLAIMS = 'lib/cognito/protocol/claims.ts';
const KEYS = 'lib/cognito/protocol/keys.ts';

/** The session cache of a process skips no check, and its size is limited. */
export const memory = [
  ...unit(
    MEMORY,
    ['cognito/session-cache'],
    [
      {
        id: 'memory-key-whole',
        defense:
          'an unchunked cookie next to the chunks of a known session counts, as it does in iron-session',
        find: 'sessionCookies(config).map(',
        replace: 'sessionCookies(config).slice(1).map(',
      },
      {
        id: 'memory-key-pieces',
        defense: 'every chunk that iron-session reads counts',
        find: 'sessionCookies(config).map(',
        replace: 'sessionCookies(config).slice(0, 4).map(',
      },
      {
        id: 'memory-key-secret',
        defense: 'a session that was cached under a removed secret is not found',
        find: 'JSON.stringify([sessionSecret, issuer,',
        replace: 'JSON.stringify([issuer,',
      },
      {
        id: 'memory-key-issuer',
        defense: 'a cached session belongs to one user pool',
        find: '[sessionSecret, issuer, clientId]',
        replace: '[sessionSecret, clientId]',
      },
      {
        id: 'memory-key-client',
        defense: 'a cached session belongs to one app client',
        find: '[sessionSecret, issuer, clientId]',
        replace: '[sessionSecret, issuer]',
      },
      {
        id: 'memory-key-configuration',
        defense: 'the configuration under which a session was cached is compared',
        find: '  if (one.configuration !== other.configuration) return false;\n',
        replace: '',
      },
      {
        id: 'memory-key-order',
        defense: 'the order of the chunks counts',
        find: '  for (const text of texts) {',
        replace: '  for (const text of [...texts].sort()) {',
      },
      {
        id: 'memory-key-places',
        defense: 'the boundaries between chunks count',
        find: '  for (const text of texts) {\n    add(text.length);',
        replace: "  for (const text of [texts.join('')]) {",
      },
      {
        id: 'memory-key-length',
        defense: 'a cookie that continues with null characters is another one',
        find: '    add(text.length);\n',
        replace: '',
      },
      {
        id: 'memory-key-each',
        defense: 'every character of the cookies counts',
        find: ' ^ (text.charCodeAt(at + 1) << 16)',
        replace: '',
      },
      {
        id: 'memory-key-places-within',
        defense: 'the order of the characters counts',
        find: '    one = imul(one ^ value, 0x85ebca6b);\n    one ^= one >>> 15;\n    other = imul(other ^ value, 0xc2b2ae35);\n    other ^= other >>> 13;',
        replace: '    one ^= value;\n    other += value;',
      },
      {
        id: 'memory-key-compared',
        defense: 'the end of a seal is not enough to find a session',
        find: 'if (!found || !isSameKey(found.key, key)) return undefined;',
        replace: 'if (!found) return undefined;',
      },
      {
        id: 'memory-count',
        defense: 'the number of cached sessions is limited',
        find: 'cache.sessions.size <= MAX_SESSIONS && ',
        replace: '',
      },
      {
        id: 'memory-characters',
        defense: 'the memory used by large sessions is limited',
        find: ' && cache.characters <= MAX_CHARACTERS',
        replace: '',
      },
      {
        id: 'memory-characters-freed',
        defense: 'a removed session makes room for others',
        find: 'cache.characters -= charactersOf(entry);',
        replace: '',
      },
      {
        id: 'memory-replaced',
        defense: 'a session that two requests opened at the same time counts once',
        find: '  remove(cache, end);\n  const entry',
        replace: '  const entry',
      },
      {
        id: 'memory-cookies-released',
        defense:
          'a cached session does not keep its cookies in memory, which a client can make longer',
        find: 'const end = copyOf(key.end);',
        replace: 'const end = key.end;',
      },
      {
        id: 'memory-recent',
        defense: 'a flood of other sessions does not evict the one in use',
        find: '  cache.sessions.delete(found.key.end);\n  cache.sessions.set(found.key.end, found);\n',
        replace: '',
      },
      {
        id: 'memory-swept',
        defense: 'expired tokens are dropped from the cache',
        find: '<= now) remove(cache, end);',
        replace: '<= now) void end;',
      },
      {
        id: 'memory-swept-all',
        defense: 'tokens that are still valid stay in the cache',
        find: 'Math.min(id.exp ?? 0, access.exp ?? 0) <= now',
        replace: 'true',
      },
      {
        id: 'memory-swept-rarely',
        defense: 'not every request scans the whole cache',
        find: 'cache.sweptAt = now;',
        replace: '',
      },
      {
        id: 'memory-swept-clock',
        defense:
          'a clock that was briefly far ahead does not stop expired tokens from being dropped',
        find: 'Math.abs(now - cache.sweptAt)',
        replace: 'now - cache.sweptAt',
      },
      {
        id: 'memory-forgets',
        defense: 'signing out removes the session from the cache',
        find: 'if (familyOf(each.session) === family) remove(cache, end);',
        replace: 'void end;',
      },
      {
        id: 'memory-forgets-family',
        defense: 'signing out also removes the sessions that a refresh has replaced',
        find: 'if (familyOf(each.session) === family) remove(cache, end);',
        replace: 'if (each.session === session) remove(cache, end);',
      },
      {
        id: 'memory-forgets-own',
        defense: "signing out removes no other user's session",
        find: 'if (familyOf(each.session) === family) remove(cache, end);',
        replace: 'remove(cache, end);',
      },
    ],
  ),
  ...unit(
    SESSION,
    ['cognito/session-cache'],
    [
      {
        id: 'memory-lifetime',
        defense: 'a cached session ends after its lifetime',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (!session || remainingLife(session.signedInAt) <= 0) return null;',
        replace:
          'if (!session || (!cached && remainingLife(session.signedInAt) <= 0)) return null;',
      },
      {
        id: 'memory-signed-out',
        defense: 'a cached session is not accepted after a sign-out',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (marker.isSignedOut(jar, session.signedInAt))',
        replace: 'if (!cached && marker.isSignedOut(jar, session.signedInAt))',
      },
      {
        id: 'memory-idle',
        defense: 'a cached session ends when it was idle for too long',
        file: 'lib/cognito/session/session-store.ts',
        find: 'if (await idle.isIdle(jar, session))',
        replace: 'if (!cached && (await idle.isIdle(jar, session)))',
      },
      {
        id: 'memory-living-only',
        defense: 'a session that has expired or was signed out is not cached',
        file: 'lib/cognito/session/session-store.ts',
        find: '      if (!session || remainingLife(session.signedInAt) <= 0) return null;',
        replace:
          '      if (cache && !cached && session) setCached(cache, key, session);\n      if (!session || remainingLife(session.signedInAt) <= 0) return null;',
      },
      {
        id: 'memory-frozen',
        defense: 'no request can change the session object that the next one gets',
        file: 'lib/cognito/packing/pack.ts',
        find: 'Object.freeze(Object.assign(unpacked, { signedInAt, receivedAt }))',
        replace: 'Object.assign(unpacked, { signedInAt, receivedAt })',
      },
    ],
  ),
  ...unit(
    VERIFY,
    ['cognito/verdicts'],
    [
      {
        id: 'verdict-id-times',
        defense: 'the times of a cached ID token are checked on each request',
        find: 'assertIdToken(known.claims.id, client.config, at);',
        replace: '',
      },
      {
        id: 'verdict-access-times',
        defense: 'the times of a cached access token are checked on each request',
        find: 'assertAccessToken(known.claims.access, client.config, at);',
        replace: '',
      },
      {
        id: 'verdict-expiry',
        defense: 'tokens that were verified before are refused once they expire',
        file: CLAIMS,
        find: ' || exp <= second',
        replace: '',
      },
      {
        id: 'verdict-not-before',
        defense:
          'tokens that were verified before are refused while the clock is before their `nbf`',
        file: CLAIMS,
        find: ' || nbf > second',
        replace: '',
      },
      {
        id: 'verdict-keys',
        defense: 'tokens that were verified before are verified again when the keys change',
        find: ' && known.keys === before',
        replace: '',
      },
      {
        id: 'verdict-keys-meanwhile',
        defense: 'a verification that overlaps a change of keys is not cached',
        find: 'if (keys && (before ?? keys) === keys)',
        replace: 'if (keys)',
      },
      {
        id: 'verdict-id-text',
        defense: 'if the ID token in the same object changes, it is verified again',
        find: 'known?.idToken === idToken && ',
        replace: 'known !== undefined && ',
      },
      {
        id: 'verdict-access-text',
        defense: 'if the access token in the same object changes, it is verified again',
        find: ' && known.accessToken === accessToken',
        replace: '',
      },
      {
        id: 'verdict-issuer',
        defense: 'a token that was verified for one user pool is checked again for another',
        file: CLAIMS,
        find: 'if (iss !== issuer)',
        replace: 'if (false)',
      },
      {
        id: 'verdict-frozen',
        defense: 'no request can change the claims that the next one gets',
        find: 'Object.freeze({ id: freeze(id), access: freeze(access) })',
        replace: '{ id, access }',
      },
      {
        id: 'verdict-frozen-deep',
        defense: 'nor the values in them, such as groups and attributes',
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
        defense: 'keys are fetched every hour, even if all tokens were verified before',
        find: '  function current(): JSONWebKeySet | undefined {\n    refreshOldKeys();\n',
        replace: '  function current(): JSONWebKeySet | undefined {\n',
      },
      {
        id: 'verdict-keys-same',
        defense: 'fetching the same keys again does not cause all tokens to be verified again',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: 'if (JSON.stringify(jwks) !== JSON.stringify(memory.jwks)) memory.jwks = jwks;',
        replace: 'memory.jwks = jwks;',
      },
    ],
  ),
];

const HAND_OVER = 'lib/cognito/memory/hand-over.ts';
/** What the key of a hand-over is derived from. */
const KEY = "['opened session', issuer, clientId, origin]";

/** An opened session reaches the page of the same request only. */
export const handOver = [
  ...unit(
    HAND_OVER,
    ['cognito/hand-over'],
    [
      {
        id: 'handed-cookies',
        defense: 'an opened session is accepted only with the cookies that it was opened from',
        find: "[time, ...names.map((name) => jar.read(name) ?? '')]",
        replace: '[time]',
      },
      {
        id: 'handed-time-bound',
        defense: 'nobody can change when a session was handed over',
        find: '[time, ...names',
        replace: '[...names',
      },
      {
        id: 'handed-time-checked',
        defense: 'an opened session is accepted for ten seconds',
        find: 'if (!(Math.abs(now() - Number(time)) <= VALID_SECONDS)) return null;',
        replace: '',
      },
      {
        id: 'handed-time-future',
        defense: 'an opened session from the future is not accepted',
        find: 'Math.abs(now() - Number(time))',
        replace: 'now() - Number(time)',
      },
      {
        id: 'handed-secret',
        defense: 'an opened session is accepted only with the same secret',
        find: 'encode(JSON.stringify(sessionSecret))',
        replace: "encode('')",
      },
      {
        id: 'handed-user-pool',
        defense: 'an opened session belongs to one user pool',
        find: KEY,
        replace: "['opened session', clientId, origin]",
      },
      {
        id: 'handed-app-client',
        defense: 'an opened session belongs to one app client',
        find: KEY,
        replace: "['opened session', issuer, origin]",
      },
      {
        id: 'handed-origin',
        defense: 'an opened session belongs to one site',
        find: KEY,
        replace: "['opened session', issuer, clientId]",
      },
      {
        id: 'handed-iv',
        defense: 'no initialization vector is used twice',
        find: 'crypto.getRandomValues(new Uint8Array(IV_BYTES))',
        replace: 'new Uint8Array(IV_BYTES)',
      },
      {
        id: 'handed-size',
        defense: 'the header of an opened session stays below what hosts accept',
        find: "if (text.length * 4 > MAX_HANDED * 3) return '';",
        replace: '',
      },
      {
        id: 'handed-once',
        defense: 'a session that later pages have seen is not handed over again',
        find: "if (given.has(session)) return '';",
        replace: '',
      },
      {
        id: 'handed-by-client',
        defense: 'a client cannot hand a session to the page',
        file: 'lib/cognito/request-context.ts',
        tests: ['cognito/guard'],
        find: '  forwarded.delete(HANDED);\n',
        replace: '',
      },
      {
        id: 'handed-elsewhere',
        defense: 'an opened session does not leave with a request to another site',
        file: 'lib/cognito/behind-guard.ts',
        tests: ['cognito/behind-guard'],
        find: 'if (target.origin !== request.nextUrl.origin)',
        replace: 'if (false)',
      },
    ],
  ),
];
