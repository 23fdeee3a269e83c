import { unit } from '../mutant';

const ATTEMPTS = 'lib/cognito/session/attempts.ts';
const CALLBACKS = 'lib/cognito/session/callbacks.ts';
const REDEEM = 'lib/cognito/session/redeem.ts';
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
        find: 'now - attempt.startedAt < ATTEMPT_LIFETIME ? attempt : null',
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
        find: '{ ...cookieOptions(config), maxAge: ATTEMPT_LIFETIME }',
        replace: 'cookieOptions(config)',
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
        find: 'for (const name of attemptNames(config, jar).slice(0, MAX_FORGOTTEN)) forget(config, jar, name);',
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
        find: 'running.run(attempt.state, () => finish(attempt, callback))',
        replace: 'finish(attempt, callback)',
      },
      {
        id: 'callback-verified',
        defence: 'nothing is stored before the tokens are verified',
        find: 'await verifySignIn(client, attempt, tokens);',
        replace: '',
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
    REDEEM,
    ['cognito/redeem', 'cognito/wire'],
    [
      {
        id: 'redeem-once',
        defence: 'tokens that were accepted do not wait to be accepted again',
        find: 'waiting.delete(grant);',
        replace: '',
      },
      {
        id: 'redeem-waits',
        defence: 'tokens that cannot be verified now are not lost',
        find: 'if (later) keep(grant, tokens);',
        replace: '',
      },
      {
        id: 'redeem-bad-dropped',
        defence: 'tokens that were found wrong are not offered again',
        find: 'if (later) keep(grant, tokens);',
        replace: 'keep(grant, tokens);',
      },
      {
        id: 'redeem-memory',
        defence: 'the memory of waiting tokens does not grow without end',
        find: 'if (waiting.size > MAX_WAITING && oldest !== undefined) waiting.delete(oldest);',
        replace: 'void oldest;',
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
        find: "return kindOf({ method: 'GET', path: '/login', headers }) === 'document';",
        replace: 'return headers !== undefined;',
      },
      {
        id: 'login-head',
        defence: 'HEAD on the callback does not use the code up',
        find: 'export function HEAD()',
        replace: 'function HEAD()',
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
        find: 'forgetAttempt(config, jar, state);\n    tell(',
        replace: 'tell(',
      },
      {
        id: 'login-outage',
        defence: 'an outage leaves the attempt for a reload',
        find: 'if (!isTransient(error)) forgetAttempt(config, jar, state);',
        replace: 'forgetAttempt(config, jar, state);',
      },
      {
        id: 'login-hint-length',
        defence: 'a hint of any length is not passed on',
        find: 'if (value && value.length <= 256)',
        replace: 'if (value)',
      },
      {
        id: 'login-mark',
        defence: 'a new sign-in moves the mark, so that no session of before comes back over it',
        find: 'markSignedIn(config, jar, session.signedInAt);',
        replace: 'markSignedIn(config, jar, 0);',
        tests: ['in-process/late-answers'],
      },
    ],
  ),
];
