import { unit } from '../mutant';

const ATTEMPTS = 'lib/cognito/session/attempts.ts';
const CALLBACKS = 'lib/cognito/session/callbacks.ts';
const LOGIN = 'app/login/route.ts';

/** A callback counts once, and only in the browser that started it. */
export const callback = [
  ...unit(
    ATTEMPTS,
    ['cognito/attempts', 'cognito/cookies'],
    [
      {
        id: 'attempt-state',
        defence: 'the sealed attempt is the one that the name of its cookie promises',
        find: 'if (attempt?.state !== state)',
        replace: 'if (!attempt)',
      },
      {
        id: 'attempt-over',
        defence: 'an attempt is over after an hour',
        find: 'now() - attempt.startedAt < ATTEMPT_LIFETIME ? attempt : null',
        replace: 'attempt',
      },
      {
        id: 'attempt-lifetime',
        defence: 'an attempt lives an hour and not for ever',
        find: 'ATTEMPT_LIFETIME = 3600',
        replace: 'ATTEMPT_LIFETIME = 360_000_000',
      },
      {
        id: 'attempt-cookie-lifetime',
        defence: 'the browser drops the cookie of an attempt after an hour',
        find: 'jar.write(name, seal, { maxAge: ATTEMPT_LIFETIME });',
        replace: 'jar.write(name, seal, {});',
      },
      {
        id: 'attempt-count',
        defence: 'links to private pages cannot fill the cookie jar by number',
        find: 'const MAX_ATTEMPTS = 5;',
        replace: 'const MAX_ATTEMPTS = 500;',
      },
      {
        id: 'attempt-bytes',
        defence: 'links to private pages cannot fill the cookie jar by size',
        find: 'const MAX_BYTES = 3000;',
        replace: 'const MAX_BYTES = 300_000;',
      },
      {
        id: 'attempt-short-state',
        defence: 'a guess at the end of a name finds no attempt',
        find: 'if (state.length < STATE_CHARACTERS) return undefined;',
        replace: '',
      },
      {
        id: 'attempt-forgotten',
        defence: 'a sign-out forgets all attempts',
        find: 'for (const name of namesIn(jar).slice(0, MAX_FORGOTTEN)) remove(jar, name);',
        replace: '',
      },
      {
        id: 'attempt-planted',
        defence: 'planted attempts do not make an answer of hundreds of header lines',
        find: 'const MAX_FORGOTTEN = 20;',
        replace: 'const MAX_FORGOTTEN = 20_000;',
      },
    ],
  ),
  ...unit(
    CALLBACKS,
    ['cognito/callbacks'],
    [
      {
        id: 'callback-replayed',
        defence: 'a callback that was used is refused without asking the pool',
        find: 'if (spent.has(attempt.state))',
        replace: 'if (false)',
      },
      {
        id: 'callback-refused-spent',
        defence: 'a callback that was refused stays refused',
        find: 'if (!isTransient(error)) spend(attempt);',
        replace: '',
      },
      {
        id: 'callback-outage-kept',
        defence: 'an outage does not use a callback up',
        find: 'if (!isTransient(error)) spend(attempt);',
        replace: 'spend(attempt);',
      },
      {
        id: 'callback-together',
        defence: 'the same callback twice at the same moment is one exchange',
        find: 'running.run(attempt.state, () => finishOnce(attempt, callback))',
        replace: 'finishOnce(attempt, callback)',
      },
      {
        id: 'callback-verified',
        defence: 'nothing is stored before the tokens are verified',
        file: 'lib/cognito/protocol/sign-in.ts',
        find: 'const { id } = await verifyNewTokens(client, tokens);',
        replace:
          'if (tokens) return tokens;\n  const { id } = await verifyNewTokens(client, tokens);',
        tests: ['cognito/sign-in'],
      },
      {
        id: 'callback-memory',
        defence: 'the memory of used callbacks does not grow without end',
        find: 'if (spent.size > MAX_SPENT && oldest !== undefined) spent.delete(oldest);',
        replace: 'void oldest;',
      },
    ],
  ),
  ...unit(
    'lib/cognito/protocol/sign-in.ts',
    ['cognito/wire', 'cognito/sign-in'],
    [
      {
        id: 'code-keys-first',
        defence: 'no code is spent while its tokens cannot be verified',
        find: 'if (!client.keys.current()) await client.keys.refetch();',
        replace: '',
        tests: ['cognito/callbacks', 'cognito/wire'],
      },
      {
        id: 'code-keys-known',
        defence:
          'keys that are known are not fetched before a code is spent: an outage of theirs stops no sign-in',
        find: 'if (!client.keys.current()) await client.keys.refetch();',
        replace: 'await client.keys.refetch();',
        tests: ['cognito/callbacks'],
      },
    ],
  ),
  ...unit(
    'lib/cognito/session/refresh.ts',
    ['cognito/wire', 'cognito/refresh'],
    [
      {
        id: 'refresh-keys-first',
        defence: 'no refresh token is spent while its tokens cannot be verified',
        find: 'if (!client.keys.current()) await client.keys.refetch();',
        replace: '',
      },
      {
        id: 'refresh-keys-known',
        defence:
          'keys that are known are not fetched before each refresh: an outage of theirs stops none',
        find: 'if (!client.keys.current()) await client.keys.refetch();',
        replace: 'await client.keys.refetch();',
      },
      {
        id: 'new-tokens-new-key',
        file: 'lib/cognito/protocol/verify.ts',
        defence:
          'new tokens of a new key are verified at once, whatever key a stranger made up a moment ago',
        find: 'if (!isUnknownKey(error)) throw error;',
        replace: 'if (error) throw error;',
      },
      {
        id: 'new-tokens-wrong',
        file: 'lib/cognito/protocol/verify.ts',
        defence: 'new tokens that are wrong for another reason ask for no keys',
        find: 'if (!isUnknownKey(error)) throw error;',
        replace: '',
        tests: ['cognito/keys'],
      },
    ],
  ),
  ...unit(
    LOGIN,
    ['in-process/sign-in'],
    [
      {
        id: 'login-document-only',
        defence: 'a sign-in starts for documents alone',
        find: "return requestKind({ method: 'GET', path: '/login', headers }) === 'document';",
        replace: 'return headers !== undefined;',
      },
      {
        id: 'login-head',
        defence: 'HEAD on the callback does not use the code up',
        find: 'export const HEAD =',
        replace: 'const unused =',
      },
      {
        id: 'login-return-to',
        defence: 'a sign-in ends on a path of this site',
        find: "returnTo: safeReturnTo(query.get('returnTo'), config.origin),",
        replace: "returnTo: query.get('returnTo') ?? '/',",
      },
      {
        id: 'login-replay',
        defence: 'a used callback lets only those go on who are signed in',
        find: 'if (isStale(error) && (await isSignedIn(request, site))) {',
        replace: 'if (isStale(error)) {',
      },
      {
        id: 'login-forgets',
        defence: 'a finished attempt leaves no cookie',
        find: '    attempts.forget(jar, state);\n    const sub',
        replace: '    const sub',
      },
      {
        id: 'login-outage',
        defence: 'an outage leaves the attempt for a reload',
        find: 'if (!isTransient(error)) attempts.forget(jar, state);',
        replace: 'attempts.forget(jar, state);',
      },
      {
        id: 'login-hint-length',
        defence: 'a hint of any length is not passed on',
        file: 'lib/cognito/protocol/hosted-ui.ts',
        find: 'if (value && value.length <= 256)',
        replace: 'if (value)',
      },
      {
        id: 'login-mark',
        defence: 'a new sign-in moves the mark, so that no session of before comes back over it',
        file: 'lib/cognito/session/session-store.ts',
        find: 'marker.signIn(jar, session.signedInAt);',
        replace: 'marker.signIn(jar, 0);',
        tests: ['workshop/in-process/late-answers'],
      },
    ],
  ),
];
