import { describe, expect, it } from 'vitest';
import { sessionOf } from './api';
import { signInOver, openBrowser as withProviders } from './browser-double';
import { GINA, startFederated, tokensFrom } from './federated';
import { openBrowser } from './hosted-ui-browser';
import { signUp, ZOE } from './signing-up';
import {
  authorize,
  claimsOf,
  get,
  redeem,
  refresh,
  signIn,
  signInForTokens,
  startPool,
  tokensOf,
} from './support';

describe('DeleteUser', () => {
  it('has a response without a single byte', async () => {
    const pool = await startPool();
    const { access_token } = await signInForTokens(pool);
    const response = await sessionOf(pool, access_token).call('DeleteUser');
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('ends every sign-in, code and session of the user, and of no one else', async () => {
    const pool = await startPool();
    const { code, cookie } = await signIn(pool);
    const unused = (await signIn(pool)).code;
    const tokens = await tokensOf(await redeem(pool, code));
    const bob = await signInForTokens(pool, {}, { username: 'bob', password: 'Bob-password-1' });
    const session = sessionOf(pool, tokens.access_token);
    await session.call('DeleteUser');
    expect(await session.refusal('GetUser')).toBe('UserNotFoundException: User does not exist.');
    expect((await refresh(pool, tokens.refresh_token)).status).toBe(400);
    expect((await redeem(pool, unused)).status).toBe(400);
    const again = await authorize(pool, {}, cookie);
    expect(again.headers.get('location')).toContain('/login?');
    expect((await signIn(pool)).code).toBe('');
    const userInfo = { authorization: `Bearer ${tokens.access_token}` };
    expect((await get(pool, '/oauth2/userInfo', userInfo)).status).toBe(401);
    expect((await refresh(pool, bob.refresh_token)).status).toBe(200);
  });

  it('frees the name; the user who signs up with it is another one', async () => {
    const pool = await startPool();
    const signUpZoe = async () => {
      await signUp(openBrowser(pool));
      const link = new URL(pool.outbox()[0]?.link ?? '');
      await get(pool, `${link.pathname}${link.search}`);
      return await signInForTokens(pool, {}, { username: 'zoe', password: ZOE.password });
    };
    const first = await signUpZoe();
    await sessionOf(pool, first.access_token).call('DeleteUser');
    const second = await signUpZoe();
    expect(claimsOf(second.id_token).sub).not.toBe(claimsOf(first.id_token).sub);
    expect(await sessionOf(pool, first.access_token).refusal('GetUser')).toBe(
      'NotAuthorizedException: Access Token has been revoked',
    );
    expect((await refresh(pool, first.refresh_token)).status).toBe(400);
  });

  it('works for a user who signed in with Google, who gets a new sub the next time', async () => {
    const pool = await startFederated();
    const signInAgain = async () => {
      const callback = await signInOver(withProviders(pool), 'Google', { person: GINA });
      return await tokensFrom(pool, callback);
    };
    const first = await signInAgain();
    await sessionOf(pool, first.access_token).call('DeleteUser');
    const second = await signInAgain();
    expect(claimsOf(second.id_token).sub).not.toBe(claimsOf(first.id_token).sub);
  });
});
