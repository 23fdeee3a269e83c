import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import { type Session, signInToApi } from './api';
import { lastCode, wrongFor } from './signing-up';
import { BOB, signIn, signInForTokens, startPool } from './support';

const OLD = 'alice@example.com';
const NEW = 'alicia@other.example';
const MISMATCH = 'CodeMismatchException: Invalid verification code provided, please try again.';
const EXPIRED = 'ExpiredCodeException: Invalid code provided, please request a code again.';
const LIMIT = 'LimitExceededException: Attempt limit exceeded, please try after some time.';

const change = (email: string) => ({ UserAttributes: [{ Name: 'email', Value: email }] });
const entering = (Code: string, AttributeName = 'email') => ({ AttributeName, Code });
const canSignIn = async (pool: LocalPool, username: string) =>
  (await signIn(pool, {}, { username, password: 'Alice-password-1' })).code !== '';

async function requestChange(pool: LocalPool): Promise<Session> {
  const session = await signInToApi(pool);
  await session.done('UpdateUserAttributes', change(NEW));
  return session;
}

describe('a new email address in a pool that keeps the old one until it is verified', () => {
  it('gets a code; until then the old one works, and nothing shows the new one', async () => {
    const pool = await startPool();
    const session = await signInToApi(pool);
    const before = await session.attributes();
    expect(await session.done('UpdateUserAttributes', change(NEW))).toEqual({
      CodeDeliveryDetailsList: [
        { Destination: 'a***@o***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
      ],
    });
    expect(pool.outbox()).toMatchObject([{ to: NEW, code: expect.stringMatching(/^\d{6}$/) }]);
    expect(await session.attributes()).toEqual(before);
    expect([await canSignIn(pool, OLD), await canSignIn(pool, NEW)]).toEqual([true, false]);
  });

  it('replaces the old one with the right code, which works once', async () => {
    const pool = await startPool();
    const session = await requestChange(pool);
    expect(await session.done('VerifyUserAttribute', entering(lastCode(pool)))).toEqual({});
    expect(await session.attributes()).toMatchObject({ email: NEW, email_verified: 'true' });
    expect([await canSignIn(pool, OLD), await canSignIn(pool, NEW)]).toEqual([false, true]);
    const again = await session.refusal('VerifyUserAttribute', entering(lastCode(pool)));
    expect(again).toBe(EXPIRED);
  });

  it('lapses with its code after 24 hours', async () => {
    const pool = await startPool();
    await requestChange(pool);
    const code = lastCode(pool);
    pool.advance(24 * 3600);
    const session = await signInToApi(pool);
    expect(await session.refusal('VerifyUserAttribute', entering(code))).toBe(EXPIRED);
    expect(await session.attributes()).toMatchObject({ email: OLD, email_verified: 'true' });
    await session.done('GetUserAttributeVerificationCode', { AttributeName: 'email' });
    expect(pool.outbox()[0]?.to).toBe(OLD);
  });

  it('is dropped by writing the old one again', async () => {
    const pool = await startPool();
    const session = await requestChange(pool);
    const code = lastCode(pool);
    const answer = await session.done('UpdateUserAttributes', change(OLD));
    expect(answer).toEqual({ CodeDeliveryDetailsList: [] });
    expect(await session.refusal('VerifyUserAttribute', entering(code))).toBe(EXPIRED);
  });

  it('takes only the last code, for the last address', async () => {
    const pool = await startPool();
    const session = await requestChange(pool);
    const first = lastCode(pool);
    await session.done('UpdateUserAttributes', change('third@example.com'));
    const second = lastCode(pool);
    if (first !== second) {
      expect(await session.refusal('VerifyUserAttribute', entering(first))).toBe(MISMATCH);
    }
    await session.done('VerifyUserAttribute', entering(second));
    expect((await session.attributes()).email).toBe('third@example.com');
  });

  it('is dropped when an administrator sets another address', async () => {
    const pool = await startPool();
    const session = await requestChange(pool);
    pool.setAttributes('alice', { email: 'admin-chose@example.com' });
    const said = await session.refusal('VerifyUserAttribute', entering(lastCode(pool)));
    expect(said).toBe(EXPIRED);
  });

  it("sent again, goes to the new address with a new code; another user's code is wrong", async () => {
    const pool = await startPool();
    const session = await requestChange(pool);
    const asked = { AttributeName: 'email' };
    expect(await session.done('GetUserAttributeVerificationCode', asked)).toEqual({
      CodeDeliveryDetails: {
        Destination: 'a***@o***',
        DeliveryMedium: 'EMAIL',
        AttributeName: 'email',
      },
    });
    expect(pool.outbox().map(({ to }) => to)).toEqual([NEW, NEW]);
    const code = lastCode(pool);
    const bob = await signInToApi(pool, BOB);
    expect(await bob.refusal('VerifyUserAttribute', entering(code))).toBe(EXPIRED);
    await session.done('VerifyUserAttribute', entering(code));
    expect((await session.attributes()).email).toBe(NEW);
  });
});

describe('a new email address in a pool that replaces it at once', () => {
  it('is unverified until its code is entered, and the user can sign in with neither', async () => {
    const pool = await startPool({ verifyBeforeUpdate: [] });
    const session = await requestChange(pool);
    expect(pool.outbox()[0]?.to).toBe(NEW);
    expect(await session.attributes()).toMatchObject({ email: NEW, email_verified: 'false' });
    expect([await canSignIn(pool, OLD), await canSignIn(pool, NEW)]).toEqual([false, false]);
    await session.done('VerifyUserAttribute', entering(lastCode(pool)));
    expect((await session.attributes()).email_verified).toBe('true');
    expect(await canSignIn(pool, NEW)).toBe(true);
  });
});

describe.each([[['email'] as const], [[] as const]])('with verifyBeforeUpdate %j', (before) => {
  it("an address that another user has verified is refused only after the code, and stays that user's", async () => {
    const pool = await startPool({ verifyBeforeUpdate: before });
    const session = await signInToApi(pool);
    await session.done('UpdateUserAttributes', change('BOB@example.com'));
    expect(pool.outbox()[0]?.to).toBe('BOB@example.com');
    expect(await session.refusal('VerifyUserAttribute', entering(lastCode(pool)))).toBe(
      'AliasExistsException: An account with the given email already exists.',
    );
    expect(await session.attributes()).not.toMatchObject({
      email: 'BOB@example.com',
      email_verified: 'true',
    });
    const bob = { username: 'bob@example.com', password: BOB.password };
    expect(await signInForTokens(pool, {}, bob)).toBeTruthy();
  });

  it('tells a wrong code from one that was never sent, and both from too many', async () => {
    const pool = await startPool({ verifyBeforeUpdate: before });
    const session = await signInToApi(pool);
    expect(await session.refusal('VerifyUserAttribute', entering('123456'))).toBe(EXPIRED);
    await session.done('UpdateUserAttributes', change(NEW));
    const code = lastCode(pool);
    for (let tries = 1; tries < 15; tries += 1) {
      const said = await session.refusal('VerifyUserAttribute', entering(wrongFor(code)));
      expect(said).toBe(MISMATCH);
    }
    expect(await session.refusal('VerifyUserAttribute', entering(code))).toBe(LIMIT);
  });
});

describe('GetUserAttributeVerificationCode', () => {
  it('sends five codes an hour', async () => {
    const pool = await startPool();
    const session = await signInToApi(pool);
    const asked = { AttributeName: 'email' };
    for (let sent = 0; sent < 5; sent += 1) {
      await session.done('GetUserAttributeVerificationCode', asked);
    }
    expect(await session.refusal('GetUserAttributeVerificationCode', asked)).toBe(LIMIT);
    expect(pool.outbox()).toHaveLength(5);
  });

  it('sends a phone number its code, which a change of the number does not', async () => {
    const pool = await startPool();
    const session = await signInToApi(pool);
    const number = { UserAttributes: [{ Name: 'phone_number', Value: '+4915112345678' }] };
    expect(await session.done('UpdateUserAttributes', number)).toEqual({
      CodeDeliveryDetailsList: [],
    });
    expect(await session.attributes()).toMatchObject({
      phone_number: '+4915112345678',
      phone_number_verified: 'false',
    });
    expect(pool.outbox()).toEqual([]);
    const asked = { AttributeName: 'phone_number' };
    expect(await session.done('GetUserAttributeVerificationCode', asked)).toEqual({
      CodeDeliveryDetails: {
        Destination: '+*******5678',
        DeliveryMedium: 'SMS',
        AttributeName: 'phone_number',
      },
    });
    await session.done('VerifyUserAttribute', entering(lastCode(pool), 'phone_number'));
    expect((await session.attributes()).phone_number_verified).toBe('true');
  });

  it.each([
    ['name', 'Invalid attribute name. Only phone_number and email can be verified.'],
    ['phone_number', 'User does not have a phone_number set.'],
  ])('is refused for %s', async (AttributeName, message) => {
    const pool = await startPool();
    pool.setAttributes('alice', { phone_number: null });
    const session = await signInToApi(pool);
    const said = await session.refusal('GetUserAttributeVerificationCode', { AttributeName });
    expect(said).toBe(`InvalidParameterException: ${message}`);
  });
});
