import { unit } from '../mutant';

const SIGN_IN = 'lib/cognito/protocol/sign-in.ts';

/** State, nonce, PKCE: what binds a callback to the browser that started. */
export const signIn = [
  ...unit(
    SIGN_IN,
    ['cognito/sign-in', 'cognito/wire'],
    [
      {
        id: 'state-random',
        defence: 'the state is made anew for each attempt',
        find: 'const { state = randomToken(), returnTo, maxAge } = options;',
        replace: "const { state = 'the-same-state-for-everybody', returnTo, maxAge } = options;",
      },
      {
        id: 'nonce-random',
        defence: 'the nonce is made anew for each attempt',
        find: '[randomToken(), randomToken()]',
        replace: "['the-same-nonce-for-everybody', randomToken()]",
      },
      {
        id: 'pkce-random',
        defence: 'the code verifier is made anew for each attempt',
        find: '[randomToken(), randomToken()]',
        replace: "[randomToken(), 'a-verifier-that-everybody-can-read-in-the-code']",
      },
      {
        id: 'pkce-hashed',
        defence: 'the URL carries the hash of the code verifier, not the verifier',
        find: 'codeChallenge: challenge',
        replace: 'codeChallenge: codeVerifier',
      },
      {
        id: 'state-compared',
        defence: 'the state of a callback is compared with that of the attempt',
        find: 'if (callback.state !== attempt.state)',
        replace: 'if (false)',
      },
      {
        id: 'nonce-compared',
        defence: 'the nonce of the ID token is compared with that of the attempt',
        find: 'if (id.nonce !== attempt.nonce)',
        replace: 'if (false)',
      },
      {
        id: 'nonce-there',
        defence: 'an ID token without a nonce is refused',
        find: 'if (id.nonce !== attempt.nonce)',
        replace: 'if (id.nonce !== undefined && id.nonce !== attempt.nonce)',
      },
      {
        id: 'sign-in-tokens-verified',
        defence: 'the tokens of a sign-in are verified as new ones',
        find: 'await verifyNewTokens(client, tokens);',
        replace: "{ id: JSON.parse(atob(tokens.idToken.split('.')[1] ?? '')) };",
      },
      {
        id: 'max-age-boundary',
        defence: 'whoever signed in longer ago than was asked for is refused',
        find: 'age > attempt.maxAge',
        replace: 'age < attempt.maxAge',
      },
      {
        id: 'max-age-absent',
        defence: 'a token that does not say when its person signed in counts as too old',
        find: 'Number.POSITIVE_INFINITY',
        replace: '0',
      },
      {
        id: 'callback-issuer',
        defence: 'a callback of another issuer is refused (mix-up)',
        find: 'if (iss !== null && iss !== issuer)',
        replace: 'if (false)',
      },
      {
        id: 'callback-error',
        defence: 'a callback with an error is no sign-in, even with a code in it',
        find: 'if (error !== null) {',
        replace: 'if (error === null && query.size > 99) {',
      },
      {
        id: 'callback-error-text',
        defence: 'the log takes no text from the query of a stranger',
        find: "CALLBACK_ERRORS.has(error) ? error : 'unknown'",
        replace: 'error',
      },
      {
        id: 'callback-twice',
        defence: 'a parameter that comes twice is refused',
        find: 'if (query.getAll(name).length > 1)',
        replace: 'if (false)',
      },
      {
        id: 'callback-empty',
        defence: 'an empty code or state is refused',
        find: 'if (!value ||',
        replace: 'if (value === undefined ||',
      },
      {
        id: 'callback-length',
        defence: 'a code or state of any length is not passed on',
        find: ' || value.length > MAX_PARAMETER',
        replace: '',
      },
    ],
  ),
  ...unit(
    SIGN_IN,
    ['in-process/lifetimes'],
    [
      {
        id: 'max-age-checked',
        defence: 'who was not asked to sign in anew does not get in (`sign_in_too_old`)',
        find: 'if (attempt.maxAge !== undefined && age > attempt.maxAge)',
        replace: 'if (age < 0)',
      },
    ],
  ),
  ...unit(
    'lib/cognito/protocol/pkce.ts',
    ['cognito/hosted-ui'],
    [
      {
        id: 'random-length',
        defence: 'random values have 256 bits',
        find: 'bytes = 32',
        replace: 'bytes = 4',
      },
      {
        id: 'random-random',
        defence: 'random values are random',
        find: 'crypto.getRandomValues(new Uint8Array(bytes))',
        replace: 'new Uint8Array(bytes)',
      },
      {
        id: 'at-hash-half',
        defence: 'the hash of an access token has all of its bits',
        find: '.subarray(0, 16)',
        replace: '.subarray(0, 1)',
      },
    ],
  ),
  ...unit(
    'lib/cognito/protocol/hosted-ui.ts',
    ['cognito/hosted-ui'],
    [
      {
        id: 'pkce-method',
        defence: 'the challenge is sent as S256, not as plain',
        find: "code_challenge_method: 'S256'",
        replace: "code_challenge_method: 'plain'",
      },
      {
        id: 'pkce-sent',
        defence: 'the challenge is sent',
        find: 'code_challenge: request.codeChallenge,',
        replace: '',
      },
      {
        id: 'state-sent',
        defence: 'the state is sent',
        find: 'state: request.state,',
        replace: '',
      },
      {
        id: 'nonce-sent',
        defence: 'the nonce is sent',
        find: 'nonce: request.nonce,',
        replace: '',
      },
      {
        id: 'max-age-sent',
        defence: 'the hosted UI is asked to ask again',
        find: "{ max_age: String(request.maxAge), prompt: 'login' }",
        replace: '{}',
      },
      {
        id: 'hints-listed',
        defence: 'a link to `/login` cannot choose where the code goes',
        find: "'lang', 'prompt'] as const",
        replace: "'lang', 'prompt', 'redirect_uri'] as const",
      },
    ],
  ),
];
