import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import { type Session, sessionOf, signInToApi } from './api';
import { enter, openBrowser, pathOf } from './hosted-ui-browser';
import { START, signIn, startPool } from './support';
import { fromBase32, totpOf } from './totp-code';

const PASSWORD = 'Alice-password-1';
const MISMATCH =
  'EnableSoftwareTokenMFAException: Code mismatch and fail enable Software Token MFA';
const NO_APP = 'InvalidParameterException: User has not set up software token mfa';
const app = (Enabled: boolean, PreferredMfa = Enabled) => ({
  SoftwareTokenMfaSettings: { Enabled, PreferredMfa },
});

async function associate(session: Session): Promise<string> {
  const answer = Object(await session.done('AssociateSoftwareToken'));
  expect(Object.keys(answer)).toEqual(['SecretCode']);
  expect(answer.SecretCode).toMatch(/^[A-Z2-7]{16,}$/);
  return answer.SecretCode;
}

const codeOf = (secret: string, seconds = START) => totpOf(fromBase32(secret), seconds);

/** Sets up an app completely, and turns it on. */
async function withApp(pool: LocalPool): Promise<{ session: Session; secret: string }> {
  const session = await signInToApi(pool);
  const secret = await associate(session);
  await session.done('VerifySoftwareToken', { UserCode: codeOf(secret) });
  await session.done('SetUserMFAPreference', app(true));
  return { session, secret };
}

const pageAfterPassword = async (pool: LocalPool) =>
  pathOf(await enter(openBrowser(pool), 'alice', PASSWORD));
const signsInWithPassword = async (pool: LocalPool) => (await signIn(pool)).code !== '';

describe('an authenticator app', () => {
  it('is on only after its code and the preference, and then the hosted UI asks for it', async () => {
    const pool = await startPool();
    const session = await signInToApi(pool);
    const secret = await associate(session);
    const verified = await session.done('VerifySoftwareToken', {
      UserCode: codeOf(secret),
      FriendlyDeviceName: 'Phone',
    });
    expect(verified).toEqual({ Status: 'SUCCESS' });
    expect(await session.done('GetUser')).not.toHaveProperty('UserMFASettingList');
    expect(await signsInWithPassword(pool)).toBe(true);

    expect(await session.done('SetUserMFAPreference', app(true))).toEqual({});
    const settings = {
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
    };
    expect(await session.done('GetUser')).toMatchObject(settings);
    expect(await session.done('GetUserAuthFactors')).toEqual({
      Username: 'alice',
      ...settings,
      ConfiguredUserAuthFactors: ['PASSWORD'],
    });
    const browser = openBrowser(pool);
    const page = await enter(browser, 'alice', PASSWORD);
    expect(pathOf(page)).toBe('/mfa');
    // The code of the set-up has been used (RFC 6238, 5.2).
    const used = { authentication_code: codeOf(secret) };
    expect((await browser.press(page, 'signInSubmitButton', used)).callback).toBeNull();
    pool.advance(30);
    const next = { authentication_code: codeOf(secret, START + 30) };
    const done = await browser.press(page, 'signInSubmitButton', next);
    expect(done.callback?.searchParams.has('code')).toBe(true);
  });

  it('is refused with a wrong code, without a secret, and with a code that is not six digits', async () => {
    const session = await signInToApi(await startPool());
    const none = await session.refusal('VerifySoftwareToken', { UserCode: '123456' });
    expect(none).toBe(MISMATCH);
    const right = codeOf(await associate(session));
    const UserCode = right === '000000' ? '000001' : '000000';
    expect(await session.refusal('VerifySoftwareToken', { UserCode })).toBe(MISMATCH);
    expect(await session.refusal('VerifySoftwareToken', { UserCode: '12 45' })).toBe(
      "InvalidParameterException: 2 validation errors detected: Value '12 45' at 'userCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9]+; Value '12 45' at 'userCode' failed to satisfy constraint: Member must have length greater than or equal to 6",
    );
    expect(await session.refusal('SetUserMFAPreference', app(true))).toBe(NO_APP);
    expect(await session.done('VerifySoftwareToken', { UserCode: right })).toBeTruthy();
  });

  it('that a user replaces works until the new one has shown its code', async () => {
    const pool = await startPool();
    const { session, secret } = await withApp(pool);
    const next = await associate(session);
    pool.advance(60);
    const browser = openBrowser(pool);
    const page = await enter(browser, 'alice', PASSWORD);
    const code = { authentication_code: codeOf(secret, START + 60) };
    const done = await browser.press(page, 'signInSubmitButton', code);
    expect(done.callback?.searchParams.has('code')).toBe(true);
    const wrong = await session.refusal('VerifySoftwareToken', {
      UserCode: codeOf(secret, START + 60),
    });
    expect(wrong).toBe(MISMATCH);
    await session.done('VerifySoftwareToken', { UserCode: codeOf(next, START + 60) });
    expect(await session.done('GetUser')).toHaveProperty('UserMFASettingList');
    expect(await pageAfterPassword(pool)).toBe('/mfa');
  });

  it('can be turned off and on again, and lose its preference', async () => {
    const pool = await startPool();
    const { session } = await withApp(pool);
    await session.done('SetUserMFAPreference', app(false));
    expect(await session.done('GetUser')).not.toHaveProperty('PreferredMfaSetting');
    expect(await signsInWithPassword(pool)).toBe(true);
    await session.done('SetUserMFAPreference', app(true, false));
    const { PreferredMfaSetting, UserMFASettingList } = Object(await session.done('GetUser'));
    expect([PreferredMfaSetting, UserMFASettingList]).toEqual([undefined, ['SOFTWARE_TOKEN_MFA']]);
    await session.done('SetUserMFAPreference', {});
    expect(await pageAfterPassword(pool)).toBe('/mfa');
  });

  it('cannot be turned off, not even mentioned, by a user who has none', async () => {
    const session = await signInToApi(await startPool());
    expect(await session.refusal('SetUserMFAPreference', app(false))).toBe(NO_APP);
    expect(await session.done('SetUserMFAPreference', {})).toEqual({});
  });

  it("cannot be set up with an unfinished sign-in's session, which no client has here", async () => {
    const session = await signInToApi(await startPool());
    const input = { Session: 'x'.repeat(20), AccessToken: null };
    expect(await session.refusal('AssociateSoftwareToken', input)).toBe(
      'NotAuthorizedException: Invalid session for the user.',
    );
    const two = { Session: 'x'.repeat(20), UserCode: '123456' };
    expect(await session.refusal('VerifySoftwareToken', two)).toMatch(
      /^InvalidParameterException: /,
    );
  });
});

describe('other second factors', () => {
  it.each([
    ['SMSMfaSettings', 'User does not have delivery config set to turn on SMS_MFA'],
    ['EmailMfaSettings', 'User does not have delivery config set to turn on EMAIL_OTP'],
  ])('%s is refused', async (member, message) => {
    const session = await signInToApi(await startPool());
    const said = await session.refusal('SetUserMFAPreference', { [member]: { Enabled: true } });
    expect(said).toBe(`InvalidParameterException: ${message}`);
    expect(await session.done('SetUserMFAPreference', { [member]: { Enabled: false } })).toEqual(
      {},
    );
  });

  it('a text message needs a phone number first', async () => {
    const pool = await startPool();
    pool.setAttributes('alice', { phone_number: null });
    const session = await signInToApi(pool);
    const input = { SMSMfaSettings: { Enabled: true } };
    expect(await session.refusal('SetUserMFAPreference', input)).toBe(
      'InvalidParameterException: User does not have a phone_number set to turn on SMS MFA',
    );
  });
});

describe('a pool without MFA', () => {
  it('sets up no app', async () => {
    const session = await signInToApi(await startPool({ mfa: 'OFF' }));
    const off =
      'SoftwareTokenMFANotFoundException: Software Token MFA has not been enabled by the userPool.';
    expect(await session.refusal('AssociateSoftwareToken')).toBe(off);
    expect(await session.refusal('VerifySoftwareToken', { UserCode: '123456' })).toBe(off);
    expect(await session.refusal('SetUserMFAPreference', app(true))).toBe(
      'InvalidParameterException: User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA',
    );
  });
});

describe('a pool that requires MFA', () => {
  it('lets no user turn the app off', async () => {
    const pool = await startPool({ mfa: 'ON' });
    const { access_token } = await pool.mint('erin');
    const session = sessionOf(pool, access_token);
    expect(await session.refusal('SetUserMFAPreference', app(false))).toMatch(
      /^InvalidParameterException: /,
    );
    expect(await session.done('GetUser')).toHaveProperty('PreferredMfaSetting');
  });
});
