import { describe, expect, it } from 'vitest';
import { openBrowser, signInOver } from './browser-double';
import {
  authorize,
  claimsOf,
  get,
  location,
  post,
  REDIRECT_URI,
  signIn,
  startPool,
  startPoolWith,
} from './support';

const TOKEN = { response_type: 'token' };

/** The parameters after the `#`, in their order. */
function fragment(response: Response): URLSearchParams {
  return new URLSearchParams(location(response).hash.slice(1));
}

describe('the implicit flow', () => {
  it('returns tokens in the fragment, in the documented order, and no refresh token', async () => {
    const pool = await startPoolWith({ implicitFlow: true });
    const { response } = await signIn(pool, { ...TOKEN, nonce: 'n-1' });
    expect(response.headers.get('location')).toMatch(`${REDIRECT_URI}#id_token=`);
    const answer = fragment(response);
    expect([...answer.keys()]).toEqual([
      'id_token',
      'access_token',
      'token_type',
      'expires_in',
      'state',
    ]);
    expect(answer.get('token_type')).toBe('bearer');
    expect(answer.get('expires_in')).toBe('3600');
    expect(answer.get('state')).toBe('the-state');
    expect(claimsOf(answer.get('id_token') ?? '')).toMatchObject({ nonce: 'n-1', token_use: 'id' });
    expect(claimsOf(answer.get('access_token') ?? '').username).toBe('alice');
  });

  it('returns an access token that userInfo accepts', async () => {
    const pool = await startPoolWith({ implicitFlow: true });
    const token = fragment((await signIn(pool, TOKEN)).response).get('access_token');
    const response = await get(pool, '/oauth2/userInfo', { authorization: `Bearer ${token}` });
    expect(await response.json()).toMatchObject({ username: 'alice' });
  });

  it('has no ID token without openid', async () => {
    const pool = await startPoolWith({ implicitFlow: true });
    const { response } = await signIn(pool, { ...TOKEN, scope: 'aws.cognito.signin.user.admin' });
    expect(fragment(response).has('id_token')).toBe(false);
    expect(fragment(response).has('access_token')).toBe(true);
  });

  it('is silent within the session, like the code flow', async () => {
    const pool = await startPoolWith({ implicitFlow: true });
    const { cookie } = await signIn(pool);
    expect(fragment(await authorize(pool, TOKEN, cookie)).has('access_token')).toBe(true);
  });

  it('generates a nonce for a federated user', async () => {
    const pool = await startPoolWith({ implicitFlow: true, identityProviders: ['Google'] });
    const choice = { email: 'zoe@example.com' };
    const response = await signInOver(openBrowser(pool), 'Google', choice, TOKEN);
    expect(claimsOf(fragment(response).get('id_token') ?? '')).toHaveProperty('nonce');
  });

  it('is refused for a client without it, like the code flow for a client with nothing else', async () => {
    const error = `${REDIRECT_URI}?error=unauthorized_client&state=the-state`;
    const usual = await authorize(await startPool(), TOKEN);
    expect(usual.headers.get('location')).toBe(error);
    const pool = await startPoolWith({ implicitFlow: true, codeFlow: false });
    expect((await authorize(pool)).headers.get('location')).toBe(error);
    expect(location(await authorize(pool, TOKEN)).pathname).toBe('/login');
  });
});

it('a form of the hosted UI cannot turn a code request into tokens', async () => {
  const pool = await startPool();
  const path = `/login?response_type=token&client_id=confidential&redirect_uri=${REDIRECT_URI}`;
  const response = await post(pool, path, { username: 'alice', password: 'Alice-password-1' });
  expect(response.headers.get('location')).toBe(`${REDIRECT_URI}?error=unauthorized_client`);
});
