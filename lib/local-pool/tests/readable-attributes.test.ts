import { describe, expect, it } from 'vitest';
import {
  claimsOf,
  get,
  redeem,
  refresh,
  signIn,
  signInForTokens,
  startPoolWith,
  tokensOf,
} from './support';

const EMAIL = ['email', 'email_verified'];

describe('an attribute that the client may not read', () => {
  it('is in no ID token, before and after a refresh', async () => {
    const pool = await startPoolWith({ readAttributes: EMAIL });
    const first = await signInForTokens(pool, { scope: 'openid email profile' });
    const second = await tokensOf(await refresh(pool, first.refresh_token));
    for (const { id_token } of [first, second]) {
      expect(claimsOf(id_token)).toMatchObject({
        email: 'alice@example.com',
        email_verified: true,
      });
      expect(claimsOf(id_token)).not.toHaveProperty('name');
    }
  });

  it('is not in userInfo either', async () => {
    const pool = await startPoolWith({ readAttributes: EMAIL });
    const { access_token } = await signInForTokens(pool, { scope: 'openid' });
    const authorization = `Bearer ${access_token}`;
    const body = await (await get(pool, '/oauth2/userInfo', { authorization })).json();
    expect(Object.keys(Object(body)).sort()).toEqual([
      'email',
      'email_verified',
      'sub',
      'username',
    ]);
  });
});

describe('a scope whose attributes cannot all be read', () => {
  it.each([
    ['email', ['email', 'phone_number', 'phone_number_verified']],
    ['phone', [...EMAIL, 'phone_number']],
  ])('%s ends a successful sign-in with invalid_grant', async (scope, readAttributes) => {
    const pool = await startPoolWith({ readAttributes });
    const { code } = await signIn(pool, { scope: `openid ${scope}` });
    expect(code).not.toBe('');
    const response = await redeem(pool, code);
    expect([response.status, await response.json()]).toEqual([400, { error: 'invalid_grant' }]);
  });

  it('ends a refresh too, once the client was changed', async () => {
    const pool = await startPoolWith({});
    const { refresh_token } = await signInForTokens(pool);
    pool.changeClient({ readAttributes: ['email'] });
    expect(await (await refresh(pool, refresh_token)).json()).toEqual({ error: 'invalid_grant' });
  });

  it('does not affect requests for openid or profile alone', async () => {
    const pool = await startPoolWith({ readAttributes: ['name'] });
    const { id_token } = await signInForTokens(pool, { scope: 'openid profile' });
    expect(claimsOf(id_token).name).toBe('Alice Archer');
  });
});
