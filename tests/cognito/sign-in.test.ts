import { describe, expect, test } from 'vitest';
import { finishSignIn, isCallback, readCallback, signInUrl } from '@/lib/cognito/protocol/sign-in';
import { config, failure, fakePool, ISSUER, mintTokens, NOW, tokenAnswer } from './support';

const ATTEMPT = {
  state: 'the-state',
  nonce: 'the-nonce',
  codeVerifier: 'the-verifier',
  returnTo: '/profile',
  startedAt: NOW,
};
const CALLBACK = { code: 'the-code', state: 'the-state' };
const read = (query: string) => readCallback(new URLSearchParams(query), ISSUER);

test('the URL of an attempt contains state, nonce and challenge, but neither the code verifier nor the page', async () => {
  const url = await signInUrl(config(), ATTEMPT);
  expect(url).toContain(`state=${ATTEMPT.state}`);
  expect(url).toContain(`nonce=${ATTEMPT.nonce}`);
  expect(url).toContain('code_challenge_method=S256');
  expect(url).not.toContain(ATTEMPT.codeVerifier);
  expect(url).not.toContain('profile%2F');
});

describe('a callback', () => {
  test('with a code and a state is read', () => {
    expect(read('code=c&state=s')).toEqual({ code: 'c', state: 's' });
    expect(read(`code=c&state=s&iss=${encodeURIComponent(ISSUER)}`).code).toBe('c');
    expect(isCallback(new URLSearchParams('returnTo=/x'))).toBe(false);
    expect(isCallback(new URLSearchParams('error=x'))).toBe(true);
  });

  test.each([
    ['state=s', 'callback_malformed: code'],
    ['code=&state=s', 'callback_malformed: code'],
    ['code=c', 'callback_malformed: state'],
    ['code=c&code=c&state=s', 'callback_malformed: code'],
    ['code=c&state=s&state=s', 'callback_malformed: state'],
    [`code=${'c'.repeat(2049)}&state=s`, 'callback_malformed: code'],
    [`code=c&state=${'s'.repeat(8001)}`, 'callback_malformed: state'],
    ['code=c&state=s&iss=https://evil.example', 'callback_malformed: iss'],
    [`code=c&state=s&iss=${ISSUER}&iss=https://evil.example`, 'callback_malformed: iss'],
    ['error=access_denied&error=x&state=s', 'callback_malformed: error'],
    ['error=access_denied&state=s&state=t', 'callback_malformed: state'],
    ['error=access_denied&state=s', 'sign_in_declined: access_denied'],
    ['error=server_error&error_description=x&code=c&state=s', 'sign_in_refused: server_error'],
    ['error=<script>&state=s', 'sign_in_refused: unknown'],
  ])('%# is refused', async (query, code) => {
    expect(await failure(() => read(query))).toBe(code);
  });
});

describe('finishing a sign-in', () => {
  async function finish(change: Parameters<typeof mintTokens>[0], callback = CALLBACK) {
    const pool = await fakePool();
    const tokens = await mintTokens(change);
    pool.answer = () => tokenAnswer(tokens);
    return { pool, tokens, finished: finishSignIn(pool.client, ATTEMPT, callback) };
  }

  test('returns the three tokens, verified', async () => {
    const { tokens, finished } = await finish({});
    expect(await finished).toEqual(tokens);
  });

  test('with the state of another attempt does not call the pool', async () => {
    const { pool, finished } = await finish({}, { ...CALLBACK, state: 'another' });
    expect(await failure(finished)).toBe('attempt_unknown: state');
    expect(pool.requests).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['the nonce of another attempt', { id: { nonce: 'another' } }, 'token_invalid: nonce'],
    ['no nonce', { id: { nonce: undefined } }, 'token_invalid: nonce'],
    ['an expired token', { id: { exp: NOW } }, 'token_invalid: exp'],
    ['a token of another client', { id: { aud: 'another' } }, 'token_invalid: aud'],
    [
      'an access token of another client',
      { access: { client_id: 'x' } },
      'token_invalid: client_id',
    ],
  ])('with %s stores nothing', async (_, change, code) => {
    expect(await failure((await finish(change)).finished)).toBe(code);
  });

  test.each<[string, number | undefined, string | undefined]>([
    ['a minute ago', NOW - 60, undefined],
    ['as long ago as allowed', NOW - 300, undefined],
    ['too long ago', NOW - 301, 'sign_in_too_old'],
    ['at an unknown time', undefined, 'sign_in_too_old'],
  ])('that must be recent, if the user signed in %s', async (_, signedInAt, code) => {
    const pool = await fakePool();
    const tokens = await mintTokens({ id: { auth_time: signedInAt } });
    pool.answer = () => tokenAnswer(tokens);
    const finished = finishSignIn(pool.client, { ...ATTEMPT, maxAge: 300 }, CALLBACK);
    if (code) expect(await failure(finished)).toBe(code);
    else await finished;
  });
});
