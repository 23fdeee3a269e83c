import {
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUser,
  type CognitoUserAttribute,
  CognitoUserPool,
  CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { describe, expect, test } from 'vitest';
import { signInForTokens } from './code-flow';
import { ALICE } from './hosted-ui';
import { PUBLIC, servePool } from './served-pool';
import { appCode, otherCode } from './totp';

/** Signs alice in through the hosted UI, and hands her tokens to the client as its README describes. */
async function signIn() {
  const served = await servePool({ ownIssuerOrigin: true });
  const { userPoolId, issuer } = served.pool.settings;
  const { idToken, accessToken, refreshToken } = await signInForTokens(served.origin, PUBLIC);
  const Pool = new CognitoUserPool({
    UserPoolId: userPoolId,
    ClientId: PUBLIC.clientId,
    endpoint: `${new URL(issuer).origin}/`,
  });
  const user = new CognitoUser({ Username: ALICE.username, Pool });
  user.setSignInUserSession(
    new CognitoUserSession({
      IdToken: new CognitoIdToken({ IdToken: idToken }),
      AccessToken: new CognitoAccessToken({ AccessToken: accessToken }),
      RefreshToken: new CognitoRefreshToken({ RefreshToken: refreshToken }),
    }),
  );
  return { served, user };
}

/** The result of a method with a callback of Node's kind. */
function resultOf<T>(call: (done: (error?: Error, result?: T) => void) => void) {
  return new Promise<T | undefined>((resolve, reject) => {
    call((error, result) => (error ? reject(error) : resolve(result)));
  });
}

async function attributesOf(user: CognitoUser): Promise<Record<string, string>> {
  const list = await resultOf<CognitoUserAttribute[]>((done) => user.getUserAttributes(done));
  return Object.fromEntries((list ?? []).map((it) => [it.getName(), it.getValue()]));
}

const changePassword = (user: CognitoUser, oldPassword: string, newPassword: string) =>
  resultOf((done) => user.changePassword(oldPassword, newPassword, done));

describe('amazon-cognito-identity-js, with tokens of the hosted UI', () => {
  test('changes the name at once, and the email with its code', async () => {
    const { served, user } = await signIn();
    const unchanged = await attributesOf(user);
    expect(unchanged).toMatchObject({ name: 'Alice Archer', email: 'alice@example.com' });
    const changes = [
      { Name: 'name', Value: 'Alice Ångström' },
      { Name: 'email', Value: 'alice@example.org' },
    ];
    const details = await new Promise((resolve, reject) => {
      user.updateAttributes(changes, (error, _, result) =>
        error ? reject(error) : resolve(result),
      );
    });
    expect(details).toEqual({
      CodeDeliveryDetailsList: [
        { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
      ],
    });
    expect(await attributesOf(user)).toEqual({ ...unchanged, name: 'Alice Ångström' });

    const verify = (code: string) =>
      new Promise((onSuccess, onFailure) => {
        user.verifyAttribute('email', code, { onSuccess, onFailure });
      });
    const code = served.pool.outbox()[0]?.code ?? '';
    await expect(verify(otherCode(code))).rejects.toMatchObject({ code: 'CodeMismatchException' });
    expect(await verify(code)).toBe('SUCCESS');
    const changed = { email: 'alice@example.org', email_verified: 'true' };
    expect(await attributesOf(user)).toMatchObject(changed);
  });

  test('changes the password, and says what is wrong with it', async () => {
    const { served, user } = await signIn();
    const password = 'Alice-password-2';
    await expect(changePassword(user, 'not-hers', password)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    await expect(changePassword(user, ALICE.password, 'short')).rejects.toMatchObject({
      code: 'InvalidPasswordException',
      message: 'Password did not conform with policy: Password not long enough',
    });
    expect(await changePassword(user, ALICE.password, password)).toBe('SUCCESS');
    const alice = { ...ALICE, password };
    expect(await signInForTokens(served.origin, PUBLIC, alice)).toHaveProperty('accessToken');
  });

  test('sets up an authenticator app, and turns it on', async () => {
    const { user } = await signIn();
    const secret = await new Promise<string>((associateSecretCode, onFailure) => {
      user.associateSoftwareToken({ associateSecretCode, onFailure });
    });
    const verified = await new Promise((onSuccess, onFailure) => {
      user.verifySoftwareToken(appCode(secret), 'Phone', { onSuccess, onFailure });
    });
    expect(verified).toEqual({ Status: 'SUCCESS' });
    // It sends null for the factor that it leaves alone.
    const settings = { Enabled: true, PreferredMfa: true };
    expect(await resultOf((done) => user.setUserMfaPreference(null, settings, done))).toBe(
      'SUCCESS',
    );
    const data = await resultOf((done) => user.getUserData(done, { bypassCache: true }));
    expect(data).toMatchObject({
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  test('signs out globally, and the token is refused from then on', async () => {
    const { user } = await signIn();
    await new Promise((onSuccess, onFailure) => user.globalSignOut({ onSuccess, onFailure }));
    await expect(attributesOf(user)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    });
  });

  test('deletes the user, whose response has no body', async () => {
    const { served, user } = await signIn();
    expect(await resultOf((done) => user.deleteUser(done))).toBe('SUCCESS');
    await expect(signInForTokens(served.origin, PUBLIC)).rejects.toThrow('rejected the sign-in');
  });
});
