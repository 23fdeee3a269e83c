import { describe, expect, it } from 'vitest';
import { sessionOf, signInToApi } from './api';
import { signInOver, openBrowser as withProviders } from './browser-double';
import { GINA, startFederated, tokensFrom } from './federated';
import { authorize, BOB, location, refresh, signIn, signInForTokens, startPool } from './support';

const OLD = 'Alice-password-1';
const NEW = 'Another-password-2';
const WRONG = 'NotAuthorizedException: Incorrect username or password.';
const LIMIT = 'LimitExceededException: Attempt limit exceeded, please try after some time.';
const both = (PreviousPassword: string, ProposedPassword: string) => ({
  PreviousPassword,
  ProposedPassword,
});

describe('ChangePassword', () => {
  it('replaces the password; tokens and the hosted session stay', async () => {
    const pool = await startPool();
    const { cookie } = await signIn(pool);
    const { access_token, refresh_token } = await signInForTokens(pool);
    const session = sessionOf(pool, access_token);
    expect(await session.done('ChangePassword', both(OLD, NEW))).toEqual({});
    const withPassword = async (password: string) =>
      (await signIn(pool, {}, { username: 'alice', password })).code !== '';
    expect([await withPassword(OLD), await withPassword(NEW)]).toEqual([false, true]);
    expect((await refresh(pool, refresh_token)).status).toBe(200);
    expect(location(await authorize(pool, {}, cookie)).searchParams.has('code')).toBe(true);
    expect((await session.call('GetUser')).status).toBe(200);
  });

  it('does not confuse a wrong old password with an invalid token, and then has a limit', async () => {
    const pool = await startPool();
    const session = await signInToApi(pool);
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await session.refusal('ChangePassword', both('Wrong-password-1', NEW))).toBe(WRONG);
    }
    expect(await session.refusal('ChangePassword', both(OLD, NEW))).toBe(LIMIT);
    const bob = await signInToApi(pool, BOB);
    expect(await bob.done('ChangePassword', both(BOB.password, NEW))).toEqual({});
    pool.advance(3600);
    const later = await signInToApi(pool);
    expect(await later.done('ChangePassword', both(OLD, NEW))).toEqual({});
  });

  it.each([
    ['Short-1', 'Password not long enough'],
    ['lower-case-1', 'Password must have uppercase characters'],
    ['UPPER-CASE-1', 'Password must have lowercase characters'],
    ['No-number-at-all', 'Password must have numeric characters'],
    ['NoSymbolAtAll1', 'Password must have symbol characters'],
  ])('refuses %s by the policy of the pool', async (password, rule) => {
    const session = await signInToApi(await startPool());
    expect(await session.refusal('ChangePassword', both(OLD, password))).toBe(
      `InvalidPasswordException: Password did not conform with policy: ${rule}`,
    );
  });

  it('takes spaces inside only, and repeats a password that it refuses in its message', async () => {
    const session = await signInToApi(await startPool());
    const said = await session.refusal('ChangePassword', both(OLD, ' Spaces-around-1 '));
    expect(said).toMatch(
      /^InvalidParameterException: 1 validation error detected: Value ' Spaces-around-1 ' at 'proposedPassword'/,
    );
    const long = both(OLD, `Aa1-${'x'.repeat(253)}`);
    expect(await session.refusal('ChangePassword', long)).toContain(
      "at 'proposedPassword' failed to satisfy constraint: Member must have length less than or equal to 256",
    );
    expect(await session.done('ChangePassword', both(OLD, 'Spaces inside 1'))).toEqual({});
  });

  it('requires the old password of users who have one', async () => {
    const session = await signInToApi(await startPool());
    expect(await session.refusal('ChangePassword', { ProposedPassword: NEW })).toBe(
      'InvalidParameterException: Missing required parameter PreviousPassword',
    );
    expect(await session.refusal('ChangePassword', { PreviousPassword: OLD })).toContain(
      "Value null at 'proposedPassword'",
    );
  });

  it('is refused for a user who signed in with Google, with or without an old password', async () => {
    const pool = await startFederated();
    const callback = await signInOver(withProviders(pool), 'Google', { person: GINA });
    const session = sessionOf(pool, (await tokensFrom(pool, callback)).access_token);
    for (const input of [both(OLD, NEW), { ProposedPassword: NEW }]) {
      expect(await session.refusal('ChangePassword', input)).toBe(
        'NotAuthorizedException: User is not authorized to change password',
      );
    }
  });

  it('sets the first password of a user who has none', async () => {
    const pool = await startPool({ users: [{ username: 'pat', groups: [], attributes: {} }] });
    const session = sessionOf(pool, (await pool.mint('pat')).access_token);
    expect(await session.done('GetUserAuthFactors')).toMatchObject({
      ConfiguredUserAuthFactors: [],
    });
    expect(await session.done('ChangePassword', { ProposedPassword: NEW })).toEqual({});
    expect((await signIn(pool, {}, { username: 'pat', password: NEW })).code).not.toBe('');
  });
});
