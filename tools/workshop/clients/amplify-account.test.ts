import { describe, expect, test } from 'vitest';
import { setUpAmplify } from './amplify/setup';
import { ALICE } from './hosted-ui';
import { appCode, otherCode } from './totp';

const at = setUpAmplify();
const NEW_PASSWORD = 'Alice-password-2';

/** The operations of the API that Amplify has called, with their statuses. */
function operations(): string[] {
  const calls = at.served.pool
    .requests()
    .filter(({ path, method }) => path === '/' && method === 'POST');
  return calls.map(({ operation, status }) => `${operation} ${status}`);
}

const attributes = () => at.page.evaluate(() => account.fetchUserAttributes());
const update = (userAttributes: Record<string, string>) =>
  at.page.evaluate((input) => account.updateUserAttributes(input), { userAttributes });
const confirmEmail = (confirmationCode: string) =>
  at.page.evaluate(
    (code) => account.confirmUserAttribute({ userAttributeKey: 'email', confirmationCode: code }),
    confirmationCode,
  );
const changePassword = (oldPassword: string, newPassword: string) =>
  at.page.evaluate((input) => account.updatePassword(input), { oldPassword, newPassword });
const verifyApp = (code: string) =>
  at.page.evaluate((input) => account.verifyTOTPSetup(input), { code });

describe('a user whom Amplify has signed in through the hosted UI', () => {
  test('changes the name at once, and the email with its code; a refresh updates the claims', async () => {
    await at.signIn();
    const unchanged = await attributes();
    expect(unchanged).toMatchObject({ name: 'Alice Archer', email: 'alice@example.com' });

    const results = await update({ name: 'Alice Ångström', email: 'alice@example.org' });
    expect(results).toEqual({
      name: { isUpdated: true, nextStep: { updateAttributeStep: 'DONE' } },
      email: {
        isUpdated: false,
        nextStep: {
          updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE',
          codeDeliveryDetails: {
            attributeName: 'email',
            deliveryMedium: 'EMAIL',
            destination: 'a***@e***',
          },
        },
      },
    });
    expect(await attributes()).toEqual({ ...unchanged, name: 'Alice Ångström' });

    const { to, code = '' } = at.served.pool.outbox()[0] ?? {};
    expect(to).toBe('alice@example.org');
    await expect(confirmEmail(otherCode(code))).rejects.toThrow(
      'CodeMismatchException: Invalid verification code provided, please try again.',
    );
    await confirmEmail(code);
    const changed = { name: 'Alice Ångström', email: 'alice@example.org', email_verified: 'true' };
    expect(await attributes()).toEqual({ ...unchanged, ...changed });

    // The ID token still has the old values, because the pool issued it before.
    const claims = at.page.locator('#claims');
    expect(await claims.innerText()).toContain('"name":"Alice Archer"');
    await at.press('refresh');
    await claims.filter({ hasText: '"name":"Alice Ångström"' }).waitFor();
    expect(await claims.innerText()).toContain('"email":"alice@example.org"');
  });

  test('changes the password, and stays signed in', async () => {
    await at.signIn();
    await expect(changePassword('not-hers', NEW_PASSWORD)).rejects.toThrow(
      'NotAuthorizedException: Incorrect username or password.',
    );
    await expect(changePassword(ALICE.password, 'short')).rejects.toThrow(
      'InvalidPasswordException: Password did not conform with policy: Password not long enough',
    );
    await changePassword(ALICE.password, NEW_PASSWORD);
    expect(await attributes()).toHaveProperty('name');
    expect(operations()).toEqual([
      'ChangePassword 400',
      'ChangePassword 400',
      'ChangePassword 200',
      'GetUser 200',
    ]);
    await at.press('refresh');
    await at.shows(/^alice /);
  });

  test('sets up an authenticator app, and prefers it', async () => {
    await at.signIn();
    const setUp = await at.page.evaluate(async () => {
      const details = await account.setUpTOTP();
      return { ...details, uri: details.getSetupUri('Example', 'alice').href };
    });
    expect(setUp.uri).toBe(
      `otpauth://totp/Example:alice?secret=${setUp.sharedSecret}&issuer=Example`,
    );
    const right = appCode(setUp.sharedSecret);
    await expect(verifyApp(otherCode(right))).rejects.toThrow(
      'EnableSoftwareTokenMFAException: Code mismatch and fail enable Software Token MFA',
    );
    await verifyApp(right);
    const preference = () => at.page.evaluate(() => account.fetchMFAPreference());
    expect(await preference()).toEqual({});
    await at.page.evaluate(() => account.updateMFAPreference({ totp: 'PREFERRED' }));
    expect(await preference()).toEqual({ enabled: ['TOTP'], preferred: 'TOTP' });
    await at.page.evaluate(() => account.updateMFAPreference({ totp: 'DISABLED' }));
    expect(await preference()).toEqual({});
  });

  test('has no passkeys', async () => {
    await at.signIn();
    const list = await at.page.evaluate(() => account.listWebAuthnCredentials({ pageSize: 5 }));
    expect(list).toEqual({ credentials: [], nextToken: undefined });
  });

  test('deletes the account, is signed out of the hosted UI too, and cannot sign in again', async () => {
    await at.signIn();
    const [signedOut] = await Promise.all([
      at.page.waitForRequest((request) => new URL(request.url()).pathname === '/logout'),
      // The page goes away before this function ends.
      at.page.evaluate(() => void account.deleteUser()),
    ]);
    expect(new URL(signedOut.url()).origin).toBe(at.served.origin);
    await at.shows('signed out');
    expect(operations()[0]).toBe('DeleteUser 200');
    await at.press('sign-in');
    await at.page.locator('input[name="username"]:visible').first().fill(ALICE.username);
    await at.page.locator('input[type="password"]:visible').first().fill(ALICE.password);
    await at.page.locator('input[type="password"]:visible').first().press('Enter');
    await at.page.getByText('Incorrect username or password').first().waitFor();
  });
});
