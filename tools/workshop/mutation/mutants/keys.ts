import { unit } from '../mutant';

const KEYS = 'lib/cognito/protocol/keys.ts';

/** Which keys are trusted, and how often they may be fetched. */
export const keys = [
  ...unit(
    KEYS,
    ['cognito/keys', 'cognito/wire'],
    [
      {
        id: 'keys-named',
        defense: 'a token without a key ID (`kid`) is refused',
        find: 'if (!header.kid)',
        replace: 'if (false)',
      },
      {
        id: 'keys-type',
        defense: 'a key of another type than RSA verifies nothing',
        find: "kty === 'RSA' && ",
        replace: '',
      },
      {
        id: 'keys-use',
        defense: 'a key for encryption verifies nothing',
        find: " && use === 'sig'",
        replace: '',
      },
      {
        id: 'keys-algorithm',
        defense: 'a key for another algorithm verifies nothing',
        find: " && alg === 'RS256'",
        replace: '',
      },
      {
        id: 'keys-operations',
        defense: 'a key that is only for signing verifies nothing',
        find: ' && verifies',
        replace: '',
      },
      {
        id: 'keys-operations-list',
        defense: 'operations that are not a list verify nothing',
        find: 'Array.isArray(key_ops) && ',
        replace: '',
      },
      {
        id: 'keys-two',
        defense: 'two keys with one ID verify nothing',
        find: "if (other) throw new CognitoError('token_invalid', 'kid');",
        replace: '',
      },
      {
        id: 'keys-cool-down',
        defense: 'unknown key IDs cause at most one fetch every 30 seconds',
        find: 'const COOL_DOWN = 30;',
        replace: 'const COOL_DOWN = 0;',
      },
      {
        id: 'keys-search-noted',
        defense: 'the time of a search for an unknown key is remembered',
        find: 'if (!own) memory.searchedAt = now();\n      await refetch();\n      memory[searched] = now();',
        replace: 'await refetch();',
      },
      {
        id: 'keys-own-search',
        defense: 'an invented key ID does not delay the new keys of sessions',
        find: "own ? 'ownSearchedAt' : 'searchedAt'",
        replace: "'searchedAt'",
      },
      {
        id: 'keys-own-failed',
        defense: 'a failed search for the new key of a session does not count',
        find: 'if (!own) memory.searchedAt = now();',
        replace: 'memory[searched] = now();',
      },
      {
        id: 'keys-strangers',
        defense: 'a bearer token does not count as a token of the user pool or of a session',
        file: 'lib/cognito/protocol/verify.ts',
        find: 'client.keys.find(header);',
        replace: 'client.keys.find(header, true);',
      },
      {
        id: 'keys-cold-search',
        defense: 'keys that were fetched for this very request are not fetched again',
        find: 'cold ? undefined : await search(header, own)',
        replace: 'await search(header, own)',
      },
      {
        id: 'keys-not-now',
        defense: 'an unknown key during the cool-down means "unavailable", and signs nobody out',
        find: "throw new CognitoError('keys_unavailable', UNKNOWN_KEY);",
        replace: "throw new CognitoError('token_invalid', 'kid');",
      },
      {
        id: 'keys-waiting-search',
        defense: 'concurrent requests with a new key wait for the same fetch',
        find: "await flights.find('keys');",
        replace: '',
      },
      {
        id: 'keys-renewed',
        defense: 'keys are fetched again after an hour',
        find: 'const REFRESH_AFTER = 3600;',
        replace: 'const REFRESH_AFTER = Number.POSITIVE_INFINITY;',
      },
      {
        id: 'keys-renewed-beside',
        defense: 'while the key endpoint is down, old keys do not cause a fetch on every request',
        find: 'isOlder(memory.fetchedAt, REFRESH_AFTER) && isOlder(memory.triedAt, COOL_DOWN)',
        replace: 'isOlder(memory.fetchedAt, REFRESH_AFTER)',
      },
      {
        id: 'keys-once',
        defense: 'concurrent requests fetch the keys once',
        file: 'lib/cognito/protocol/keys.ts',
        find: "return flights.run('keys', () => fetchKeys(jwksUri, wire, urgent), patience);",
        replace: 'return fetchKeys(jwksUri, wire, urgent);',
      },
      {
        id: 'keys-once-hangs',
        defense: 'a hanging fetch does not block requests once the endpoint has recovered',
        file: 'lib/cognito/protocol/keys.ts',
        find: 'const patience = broken ? PATIENCE : undefined;',
        replace: 'const patience = undefined;',
        tests: ['in-process/outage'],
      },
      {
        id: 'keys-shape',
        defense: 'a response that is not a key set does not replace the keys',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: 'if (isKeySet(body)) return body;',
        replace: 'return body as JSONWebKeySet;',
      },
      {
        id: 'keys-empty',
        defense: 'an empty key set does not replace the keys',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: ' || keys.length === 0',
        replace: '',
      },
      {
        id: 'keys-each',
        defense: 'a key set with invalid entries does not replace the keys',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: "keys.every((key) => typeof key === 'object' && key !== null && !Array.isArray(key))",
        replace: 'true',
      },
      {
        id: 'keys-status',
        defense: 'the body of an error response is not used as keys',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: 'if (!response.ok)',
        replace: 'if (false)',
      },
      {
        id: 'keys-time-out',
        defense: 'a hanging request for keys times out',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: 'signal: AbortSignal.timeout(TIME_OUT_MS),',
        replace: '',
      },
      {
        id: 'keys-no-store',
        defense: 'keys are never read from an HTTP cache',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: "cache: 'no-store',",
        replace: '',
      },
      {
        id: 'keys-dead-once',
        defense: 'while the key endpoint is down, a request calls it at most once',
        file: 'lib/cognito/protocol/keys.ts',
        find: 'memory.jwks === undefined && !broken',
        replace: 'memory.jwks === undefined',
      },
    ],
  ),
  ...unit(
    KEYS,
    ['in-process/refresh', 'in-process/outage'],
    [
      {
        id: 'keys-search-by-tried',
        defense:
          'searches for unknown keys have a cool-down of their own, separate from the one for fetches',
        find: 'if (isOlder(memory[searched], COOL_DOWN))',
        replace: 'if (isOlder(memory.triedAt, COOL_DOWN))',
      },
    ],
  ),
];
