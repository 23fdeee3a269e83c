import { unit } from '../mutant';

const KEYS = 'lib/cognito/protocol/keys.ts';

/** Which keys may have signed a token, and what finding out may cost. */
export const keys = [
  ...unit(
    KEYS,
    ['cognito/keys', 'cognito/wire'],
    [
      {
        id: 'keys-named',
        defence: 'a token that does not name its key is refused',
        find: 'if (!header.kid)',
        replace: 'if (false)',
      },
      {
        id: 'keys-cool-down',
        defence: 'made-up key names cost one fetch in half a minute',
        find: 'const COOL_DOWN = 30;',
        replace: 'const COOL_DOWN = 0;',
      },
      {
        id: 'keys-search-noted',
        defence: 'a search for an unknown key is remembered',
        find: 'memory.searchedAt = now();',
        replace: '',
      },
      {
        id: 'keys-cold-search',
        defence: 'keys that came this moment are not searched again',
        find: 'cold ? undefined : await search(header)',
        replace: 'await search(header)',
      },
      {
        id: 'keys-not-now',
        defence: 'an unknown key within the cool-down is "not now", and signs nobody out',
        find: "throw new CognitoError('keys_unavailable', UNKNOWN_KEY);",
        replace: "throw new CognitoError('token_invalid', 'kid');",
      },
      {
        id: 'keys-waiting-search',
        defence: 'requests that meet a new key together wait for the one search',
        find: "await flights.find('keys');",
        replace: '',
      },
      {
        id: 'keys-renewed',
        defence: 'keys are fetched again after an hour',
        find: 'const REFRESH_AFTER = 3600;',
        replace: 'const REFRESH_AFTER = Number.POSITIVE_INFINITY;',
      },
      {
        id: 'keys-renewed-beside',
        defence: 'a key endpoint that is down while keys are old is not asked for each request',
        find: 'isOlder(memory.fetchedAt, REFRESH_AFTER) && isOlder(memory.triedAt, COOL_DOWN)',
        replace: 'isOlder(memory.fetchedAt, REFRESH_AFTER)',
      },
      {
        id: 'keys-once',
        defence: 'many requests at the same moment fetch the keys once',
        file: 'lib/cognito/protocol/keys.ts',
        find: "return flights.run('keys', () => fetchKeys(jwksUri, wire, urgent), patience);",
        replace: 'return fetchKeys(jwksUri, wire, urgent);',
      },
      {
        id: 'keys-once-hangs',
        defence: 'a fetch that hangs does not keep everybody out once the endpoint is back',
        file: 'lib/cognito/protocol/keys.ts',
        find: 'const patience = broken ? PATIENCE : undefined;',
        replace: 'const patience = undefined;',
        tests: ['in-process/outage'],
      },
      {
        id: 'keys-shape',
        defence: 'an answer that is no key set does not become the keys',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: 'if (isKeySet(body)) return body;',
        replace: 'return body as JSONWebKeySet;',
      },
      {
        id: 'keys-empty',
        defence: 'an empty key set does not become the keys',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: ' || keys.length === 0',
        replace: '',
      },
      {
        id: 'keys-each',
        defence: 'a key set with something else in it does not become the keys',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: "keys.every((key) => typeof key === 'object' && key !== null && !Array.isArray(key))",
        replace: 'true',
      },
      {
        id: 'keys-status',
        defence: 'the body of an error is not taken for the keys',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: 'if (!response.ok)',
        replace: 'if (false)',
      },
      {
        id: 'keys-time-out',
        defence: 'a key endpoint that hangs is given up',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: 'signal: AbortSignal.timeout(TIME_OUT_MS),',
        replace: '',
      },
      {
        id: 'keys-no-store',
        defence: 'no cache stands between the site and the keys',
        file: 'lib/cognito/protocol/fetch-keys.ts',
        find: "cache: 'no-store',",
        replace: '',
      },
      {
        id: 'keys-dead-once',
        defence: 'a dead key endpoint is not asked twice for each request',
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
        defence: 'a search has a cool-down of its own, beside that of fetching',
        find: 'if (isOlder(memory.searchedAt, COOL_DOWN))',
        replace: 'if (isOlder(memory.triedAt, COOL_DOWN))',
      },
    ],
  ),
];
