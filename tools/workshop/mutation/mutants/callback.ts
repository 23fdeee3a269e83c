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
        id: 'attempt-browser',
        defense: 'an attempt counts only in the browser that started it',
        find: 'if (secrets?.nonce === nonce && current) {',
        replace: 'if (secrets && current) {',
      },
      {
        id: 'attempt-over',
        defense: 'an attempt expires after an hour',
        find: 'if (secrets?.nonce === nonce && current) {',
        replace: 'if (secrets?.nonce === nonce) {',
      },
      {
        id: 'attempt-lifetime',
        defense: 'attempts are valid for an hour, not indefinitely',
        find: 'ATTEMPT_LIFETIME = 3600',
        replace: 'ATTEMPT_LIFETIME = 360_000_000',
      },
      {
        id: 'attempt-cookie-lifetime',
        defense: 'the browser deletes its key after an hour',
        find: 'jar.write(name, key, { maxAge: ATTEMPT_LIFETIME });',
        replace: 'jar.write(name, key, {});',
      },
      {
        id: 'attempt-one-key',
        defense: 'no number of links to private pages fills the cookie jar',
        find: 'keyNames(jar).find((each) => isKey(jar.read(each))) ??',
        replace: '',
      },
      {
        id: 'attempt-own-key',
        defense: 'tabs that start at the same moment do not overwrite the key of each other',
        find: 'prefix + randomToken(LABEL_BYTES)',
        replace: '`${prefix}any-key-`',
      },
      {
        id: 'attempt-key-length',
        defense: 'a planted cookie that is no key is not used as one',
        find: 'return value?.length === 43;',
        replace: 'return value !== undefined;',
      },
      {
        id: 'attempt-verifier',
        defense: 'each attempt has its own code verifier',
        find: 'await keyedPair(key, id)',
        replace: "await keyedPair(key, 'the same')",
      },
      {
        id: 'attempt-restarted',
        defense: 'a sign-in starts again at most once',
        find: 'restarted: restarted === true, host };',
        replace: 'restarted: false, host };',
      },
      {
        id: 'attempt-forgotten',
        defense: 'signing out deletes the keys of all attempts',
        find: "for (const name of keyNames(jar).slice(0, MAX_FORGOTTEN)) jar.write(name, '', { maxAge: 0 });",
        replace: '',
      },
      {
        id: 'attempt-planted',
        defense: 'planted cookies cannot make a response with hundreds of header lines',
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
        defense: 'a used callback is refused without a call to the user pool',
        find: 'if (spent.has(attempt.nonce))',
        replace: 'if (false)',
      },
      {
        id: 'callback-refused-spent',
        defense: 'a refused callback stays refused',
        find: 'if (!isTransient(error)) spend(attempt);',
        replace: '',
      },
      {
        id: 'callback-outage-kept',
        defense: 'an outage does not use up a callback',
        find: 'if (!isTransient(error)) spend(attempt);',
        replace: 'spend(attempt);',
      },
      {
        id: 'callback-together',
        defense: 'two identical concurrent callbacks share one exchange',
        find: 'running.run(attempt.nonce, () => finishOnce(attempt, callback))',
        replace: 'finishOnce(attempt, callback)',
      },
      {
        id: 'callback-verified',
        defense: 'nothing is stored before the tokens are verified',
        file: 'lib/cognito/protocol/sign-in.ts',
        find: 'const { id } = await verifyNewTokens(client, tokens);',
        replace:
          'if (tokens) return tokens;\n  const { id } = await verifyNewTokens(client, tokens);',
        tests: ['cognito/sign-in'],
      },
      {
        id: 'callback-memory',
        defense: 'the list of used callbacks has a limit',
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
        defense: 'no code is used while its tokens could not be verified',
        find: 'if (!client.keys.current()) await client.keys.refetch();',
        replace: '',
        tests: ['cognito/callbacks', 'cognito/wire'],
      },
      {
        id: 'code-keys-known',
        defense:
          'known keys are not fetched again before a code is used, so an outage of the key endpoint stops no sign-in',
        find: 'if (!client.keys.current()) await client.keys.refetch();',
        replace: 'await client.keys.refetch();',
        tests: ['cognito/callbacks'],
      },
    ],
  ),
  ...unit(
    CALLBACKS,
    ['cognito/callbacks'],
    [
      {
        id: 'code-received',
        defense: 'the tokens of a sign-in count from when they arrived, not from when its keys did',
        find: 'return { ...tokens, signedInAt: at, receivedAt: at };',
        replace: 'return { ...tokens, signedInAt: at, receivedAt: Math.floor(client.now()) };',
      },
    ],
  ),
  ...unit(
    'lib/cognito/session/refresh.ts',
    ['cognito/wire', 'cognito/refresh'],
    [
      {
        id: 'refresh-keys-first',
        defense: 'no refresh token is used while its tokens could not be verified',
        find: 'if (!client.keys.current()) await client.keys.refetch();',
        replace: '',
      },
      {
        id: 'refresh-keys-known',
        defense:
          'known keys are not fetched again before a refresh, so an outage of the key endpoint stops no refresh',
        find: 'if (!client.keys.current()) await client.keys.refetch();',
        replace: 'await client.keys.refetch();',
      },
      {
        id: 'new-tokens-new-key',
        file: 'lib/cognito/protocol/verify.ts',
        defense:
          'new tokens signed with a new key are verified immediately, even right after an invented key ID',
        find: 'if (!isUnknownKey(error)) throw error;',
        replace: 'if (error) throw error;',
      },
      {
        id: 'new-tokens-wrong',
        file: 'lib/cognito/protocol/verify.ts',
        defense: 'new tokens that are invalid for another reason do not cause a fetch of keys',
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
        defense: 'only a document request starts a sign-in',
        find: "return requestKind({ method: 'GET', path: '/login', headers }) === 'document';",
        replace: 'return headers !== undefined;',
      },
      {
        id: 'login-head',
        defense: 'HEAD on the callback does not use up the code',
        find: 'export const HEAD =',
        replace: 'const unused =',
      },
      {
        id: 'login-return-to',
        defense: 'a sign-in ends on a path of this site',
        find: "safeReturnTo(query.get('returnTo'), config.origin)",
        replace: "query.get('returnTo') ?? '/'",
      },
      {
        id: 'login-replay',
        defense: 'a used callback redirects to the page only if the user is signed in',
        find: 'if (isStale(error) && (await isSignedIn(request, site)))',
        replace: 'if (isStale(error))',
      },
      {
        id: 'login-restarts-once',
        defense: 'a sign-in that replaces another does not start a third',
        find: 'if (before && isStale(error) && !before.restarted) {',
        replace: 'if (before && isStale(error)) {',
        tests: ['workshop/in-process/mix-ups'],
      },
      {
        id: 'login-restart-signed-in',
        defense: 'a sign-in that another instance has just finished leads to the page',
        find: 'if (restarted && (await isSignedIn(request, site)))',
        replace: 'if (false)',
        tests: ['in-process/callback-twice'],
      },
      {
        id: 'login-other-host',
        defense: 'a sign-in starts at the host that the callback comes to',
        file: 'lib/cognito/config/values.ts',
        find: 'return url.host !== new URL(origin).host;',
        replace: 'return false;',
        tests: ['in-process/other-host'],
      },
      {
        id: 'login-other-host-once',
        defense: 'a visitor is sent to the other host only once, even if a proxy replaces the host',
        find: '!query.has(MOVED) && ',
        replace: '',
        tests: ['in-process/other-host'],
      },
      {
        id: 'login-hint-length',
        defense: 'an overlong hint is not passed on',
        file: 'lib/cognito/protocol/hosted-ui.ts',
        find: 'if (value && value.length <= 256)',
        replace: 'if (value)',
      },
      {
        id: 'login-mark',
        defense:
          'a new sign-in moves the sign-out marker, so that no earlier session can replace it',
        file: 'lib/cognito/session/session-store.ts',
        find: 'marker.signIn(jar, session.signedInAt);',
        replace: 'marker.signIn(jar, 0);',
        tests: ['workshop/in-process/late-answers'],
      },
    ],
  ),
];
