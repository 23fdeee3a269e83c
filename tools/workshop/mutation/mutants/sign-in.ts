import { unit } from '../mutant';

const SIGN_IN = 'lib/cognito/protocol/sign-in.ts';

/** State, nonce and PKCE bind a callback to the browser that started the sign-in. */
export const signIn = [
  ...unit(
    SIGN_IN,
    ['cognito/sign-in', 'cognito/wire'],
    [
      {
        id: 'pkce-hashed',
        defense: 'the URL contains the hash of the code verifier, not the verifier',
        find: 'codeChallenge: challenge',
        replace: 'codeChallenge: codeVerifier',
      },
      {
        id: 'state-compared',
        defense: "the state of a callback is compared with the attempt's",
        find: 'if (callback.state !== attempt.state)',
        replace: 'if (false)',
      },
      {
        id: 'nonce-compared',
        defense: "the nonce of the ID token is compared with the attempt's",
        find: 'if (id.nonce !== attempt.nonce)',
        replace: 'if (false)',
      },
      {
        id: 'nonce-there',
        defense: 'an ID token without a nonce is refused',
        find: 'if (id.nonce !== attempt.nonce)',
        replace: 'if (id.nonce !== undefined && id.nonce !== attempt.nonce)',
      },
      {
        id: 'sign-in-tokens-verified',
        defense: 'the tokens of a sign-in are verified',
        find: 'await verifyNewTokens(client, tokens);',
        replace: "{ id: JSON.parse(atob(tokens.idToken.split('.')[1] ?? '')) };",
      },
      {
        id: 'max-age-boundary',
        defense: 'a sign-in that is older than requested is refused',
        find: 'age > attempt.maxAge',
        replace: 'age < attempt.maxAge',
      },
      {
        id: 'max-age-absent',
        defense: 'a token that does not say when the user signed in counts as too old',
        find: 'Number.POSITIVE_INFINITY',
        replace: '0',
      },
      {
        id: 'callback-issuer',
        defense: 'a callback from another issuer is refused (mix-up)',
        find: 'if (iss !== null && iss !== issuer)',
        replace: 'if (false)',
      },
      {
        id: 'callback-error',
        defense: 'a callback with an error fails, even if it contains a code',
        find: 'if (error !== null) {',
        replace: 'if (error === null && query.size > 99) {',
      },
      {
        id: 'callback-error-text',
        defense: "text from a callback's query is never logged",
        find: "CALLBACK_ERRORS.has(error) ? error : 'unknown'",
        replace: 'error',
      },
      {
        id: 'callback-twice',
        defense: 'a repeated parameter is refused',
        find: 'if (query.getAll(name).length > 1)',
        replace: 'if (false)',
      },
      {
        id: 'callback-empty',
        defense: 'an empty code or state is refused',
        find: 'if (!value ||',
        replace: 'if (value === undefined ||',
      },
      {
        id: 'callback-length',
        defense: 'an overlong code or state is not passed on',
        find: ' || value.length > MAX_LENGTH[name]',
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
        defense: 'a sign-in that is too old does not count as recent (`sign_in_too_old`)',
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
        defense: 'random values have 256 bits',
        find: 'bytes = 32',
        replace: 'bytes = 4',
      },
      {
        id: 'random-random',
        defense: 'random values are random',
        find: 'crypto.getRandomValues(new Uint8Array(bytes))',
        replace: 'new Uint8Array(bytes)',
      },
      {
        id: 'at-hash-half',
        defense: '`at_hash` is compared in full',
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
        defense: 'the challenge is sent as S256, not as plain',
        find: "code_challenge_method: 'S256'",
        replace: "code_challenge_method: 'plain'",
      },
      {
        id: 'pkce-sent',
        defense: 'the challenge is sent',
        find: 'code_challenge: request.codeChallenge,',
        replace: '',
      },
      {
        id: 'state-sent',
        defense: 'the state is sent',
        find: 'state: request.state,',
        replace: '',
      },
      {
        id: 'nonce-sent',
        defense: 'the nonce is sent',
        find: 'nonce: request.nonce,',
        replace: '',
      },
      {
        id: 'max-age-sent',
        defense: 'the hosted UI has to ask for the password again',
        find: "{ max_age: String(request.maxAge), prompt: 'login' }",
        replace: '{}',
      },
      {
        id: 'hints-listed',
        defense: 'a link to `/login` cannot choose where the code is sent',
        find: "'lang', 'prompt'] as const",
        replace: "'lang', 'prompt', 'redirect_uri'] as const",
      },
    ],
  ),
];
