import {
  AssociateSoftwareTokenCommand,
  ChangePasswordCommand,
  CodeMismatchException,
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
  DeleteUserCommand,
  EnableSoftwareTokenMFAException,
  ExpiredCodeException,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  InvalidParameterException,
  InvalidPasswordException,
  ListDevicesCommand,
  ListWebAuthnCredentialsCommand,
  NotAuthorizedException,
  SetUserMFAPreferenceCommand,
  TooManyRequestsException,
  UpdateUserAttributesCommand,
  UserNotFoundException,
  VerifySoftwareTokenCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ServedPool } from '@/lib/local-pool/src/serve';
import { signInForTokens } from './code-flow';
import { ALICE } from './hosted-ui';
import { PUBLIC, servePool } from './served-pool';
import { appCode, otherCode } from './totp';

/** Signs alice in through the hosted UI. The operations need her access token, and no credentials of AWS. */
async function signIn(options: CognitoIdentityProviderClientConfig = {}) {
  const served = await servePool({ ownIssuerOrigin: true });
  const { region, issuer } = served.pool.settings;
  const sdk = new CognitoIdentityProviderClient({
    region,
    endpoint: new URL(issuer).origin,
    ...options,
  });
  onTestFinished(() => sdk.destroy());
  const { accessToken: AccessToken } = await signInForTokens(served.origin, PUBLIC);
  const attributes = async () => {
    const { UserAttributes = [] } = await sdk.send(new GetUserCommand({ AccessToken }));
    return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
  };
  return { served, sdk, AccessToken, attributes };
}

const newestCode = ({ pool }: ServedPool) => pool.outbox()[0]?.code ?? '';

/** The exception with which a call fails. */
async function failure(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
}

describe("AWS's SDK for JavaScript", () => {
  test('reads the user, who has no second factor, no passkeys and no devices', async () => {
    const { sdk, AccessToken, attributes } = await signIn();
    const user = await sdk.send(new GetUserCommand({ AccessToken }));
    expect(user).toMatchObject({ Username: 'alice', $metadata: { httpStatusCode: 200 } });
    expect(user.UserMFASettingList).toBeUndefined();
    expect(await attributes()).toMatchObject({
      email: 'alice@example.com',
      email_verified: 'true',
    });
    const passkeys = await sdk.send(new ListWebAuthnCredentialsCommand({ AccessToken }));
    expect(passkeys.Credentials).toEqual([]);
    expect((await sdk.send(new ListDevicesCommand({ AccessToken }))).Devices).toEqual([]);
  });

  test('changes the name at once, and the email with the newest code', async () => {
    const { served, sdk, AccessToken, attributes } = await signIn();
    const { CodeDeliveryDetailsList } = await sdk.send(
      new UpdateUserAttributesCommand({
        AccessToken,
        UserAttributes: [
          { Name: 'name', Value: 'Alice Ångström' },
          { Name: 'email', Value: 'alice@example.org' },
        ],
      }),
    );
    const delivery = { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' };
    expect(CodeDeliveryDetailsList).toEqual([delivery]);
    expect(await attributes()).toMatchObject({
      name: 'Alice Ångström',
      email: 'alice@example.com',
    });

    const email = { AccessToken, AttributeName: 'email' };
    const verify = (Code: string) => sdk.send(new VerifyUserAttributeCommand({ ...email, Code }));
    const again = await sdk.send(new GetUserAttributeVerificationCodeCommand(email));
    expect(again.CodeDeliveryDetails).toEqual(delivery);
    const code = newestCode(served);
    expect(await failure(verify(otherCode(code)))).toBeInstanceOf(CodeMismatchException);
    await verify(code);
    expect(await attributes()).toMatchObject({
      email: 'alice@example.org',
      email_verified: 'true',
    });
    expect(await failure(verify(code))).toBeInstanceOf(ExpiredCodeException);
  });

  test('changes the password, and says what is wrong with it', async () => {
    const { served, sdk, AccessToken } = await signIn();
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      sdk.send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));
    const newPassword = 'Alice-password-2';
    const wrong = await failure(change('not-hers', newPassword));
    expect(wrong).toBeInstanceOf(NotAuthorizedException);
    expect(wrong).toMatchObject({
      message: 'Incorrect username or password.',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    const weak = await failure(change(ALICE.password, 'short'));
    expect(weak).toBeInstanceOf(InvalidPasswordException);
    expect(weak).toHaveProperty(
      'message',
      'Password did not conform with policy: Password not long enough',
    );
    await change(ALICE.password, newPassword);
    await expect(signInForTokens(served.origin, PUBLIC)).rejects.toThrow('rejected the sign-in');
    const alice = { ...ALICE, password: newPassword };
    expect(await signInForTokens(served.origin, PUBLIC, alice)).toHaveProperty('accessToken');
  });

  test('sets up an authenticator app, and turns it on', async () => {
    const { sdk, AccessToken } = await signIn();
    const prefer = () => {
      const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
      return sdk.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
    };
    expect(await failure(prefer())).toBeInstanceOf(InvalidParameterException);
    const { SecretCode = '' } = await sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const verify = (UserCode: string) =>
      sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    const code = appCode(SecretCode);
    const wrong = await failure(verify(otherCode(code)));
    expect(wrong).toBeInstanceOf(EnableSoftwareTokenMFAException);
    expect((await verify(code)).Status).toBe('SUCCESS');
    await prefer();
    expect(await sdk.send(new GetUserCommand({ AccessToken }))).toMatchObject({
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  test('deletes the user, whose token then belongs to no one', async () => {
    const { served, sdk, AccessToken, attributes } = await signIn();
    const { $metadata } = await sdk.send(new DeleteUserCommand({ AccessToken }));
    expect($metadata.httpStatusCode).toBe(200);
    const gone = await failure(attributes());
    expect(gone).toBeInstanceOf(UserNotFoundException);
    expect(gone).toHaveProperty('message', 'User does not exist.');
    await expect(signInForTokens(served.origin, PUBLIC)).rejects.toThrow('rejected the sign-in');
  });

  test('is refused with a token that the pool did not sign', async () => {
    const { sdk, AccessToken } = await signIn();
    const forged = `${AccessToken.slice(0, -16)}AAAAAAAAAAAAAAAA`;
    const refused = await failure(sdk.send(new GetUserCommand({ AccessToken: forged })));
    expect(refused).toBeInstanceOf(NotAuthorizedException);
    expect(refused).toHaveProperty('message', 'Could not verify signature for Access Token');
  });

  test('tries again by itself when it is throttled, or reports it', async () => {
    const { served, sdk, AccessToken } = await signIn();
    const throttled = { exception: 'TooManyRequestsException', times: 1 };
    served.pool.fault('GetUser', throttled);
    const { $metadata } = await sdk.send(new GetUserCommand({ AccessToken }));
    expect($metadata.attempts).toBe(2);
    const once = await signIn({ maxAttempts: 1 });
    once.served.pool.fault('GetUser', throttled);
    expect(await failure(once.attributes())).toBeInstanceOf(TooManyRequestsException);
  });
});
