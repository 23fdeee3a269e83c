import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import { call, JSON_1_1, refusal, sessionOf, signInToApi } from './api';
import { BOB, FOREIGN, PUBLIC, signInForTokens, startPool } from './support';

describe('the protocol of the JSON API', () => {
  it.each(['application/json', 'application/json; charset=utf-8'])(
    'answers %s with the status 200 and an error in the body',
    async (type) => {
      const pool = await startPool();
      const { token } = await signInToApi(pool);
      const input = { AccessToken: token };
      const response = await call(pool, 'GlobalSignOut', input, { 'content-type': type });
      expect(response.status).toBe(200);
      const { Output } = Object(await response.json());
      expect(Object(Output).__type).toContain('UnknownOperationException');
      expect((await call(pool, 'GlobalSignOut', input)).status).toBe(200);
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded'])(
    'does nothing for %s',
    async (type) => {
      const pool = await startPool();
      const { token } = await signInToApi(pool);
      const input = { AccessToken: token };
      const response = await call(pool, 'GlobalSignOut', input, { 'content-type': type });
      expect(await refusal(response)).toMatch(/^UnknownOperationException: /);
      expect((await call(pool, 'GlobalSignOut', input)).status).toBe(200);
    },
  );

  it('takes a charset after its own content type', async () => {
    const pool = await startPool();
    const { token } = await signInToApi(pool);
    const headers = { 'content-type': `${JSON_1_1['content-type']}; charset=utf-8` };
    expect((await call(pool, 'GetUser', { AccessToken: token }, headers)).status).toBe(200);
  });

  it.each([
    [{ UserAttributes: 'name' }, 'Unexpected value type in payload'],
    [{ UserAttributes: { Name: 'name' } }, 'Start of structure or map found where not expected.'],
    [
      { UserAttributes: [{ Name: 'name', Value: 7 }] },
      'class java.lang.Integer can not be converted to an String',
    ],
    [
      { UserAttributes: [{ Name: 'name', Value: true }] },
      'class java.lang.Boolean can not be converted to an String',
    ],
    [{ UserAttributes: [{ Name: ['name'] }] }, 'Start of list found where not expected'],
    [
      { UserAttributes: [], ClientMetadata: { a: 1 } },
      'class java.lang.Integer can not be converted to an String',
    ],
  ])('refuses %j before it looks at the token', async (input, message) => {
    const pool = await startPool();
    const said = await refusal(await call(pool, 'UpdateUserAttributes', input));
    expect(said).toBe(`SerializationException: ${message}`);
  });

  it('ignores members that it does not know, and nulls', async () => {
    const session = await signInToApi(await startPool());
    expect(await session.done('GetUser', { Unknown: 1, Other: null })).toBeTruthy();
  });

  it('lets pages of any origin read the response', async () => {
    const pool = await startPool();
    const headers = { ...JSON_1_1, origin: 'http://localhost:3000' };
    const response = await call(pool, 'GetUser', {}, headers);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('set-cookie')).toBeNull();
  });
});

describe.each([
  ['GetUser', {}],
  ['GlobalSignOut', {}],
  ['UpdateUserAttributes', { UserAttributes: [{ Name: 'name', Value: 'Mallory' }] }],
  ['DeleteUserAttributes', { UserAttributeNames: ['name'] }],
  ['GetUserAttributeVerificationCode', { AttributeName: 'email' }],
  ['VerifyUserAttribute', { AttributeName: 'email', Code: '123456' }],
  [
    'ChangePassword',
    { PreviousPassword: 'Alice-password-1', ProposedPassword: 'Mallory-password-2' },
  ],
  ['AssociateSoftwareToken', {}],
  ['VerifySoftwareToken', { UserCode: '123456' }],
  ['SetUserMFAPreference', {}],
  ['GetUserAuthFactors', {}],
  ['ListDevices', {}],
  ['ForgetDevice', { DeviceKey: 'eu-west-1_a1b2' }],
  ['UpdateDeviceStatus', { DeviceKey: 'eu-west-1_a1b2' }],
  ['StartWebAuthnRegistration', {}],
  ['CompleteWebAuthnRegistration', { Credential: {} }],
  ['ListWebAuthnCredentials', {}],
  ['DeleteWebAuthnCredential', { CredentialId: 'x' }],
  ['DeleteUser', {}],
])('%s', (operation, input) => {
  const refusalOf = async (pool: LocalPool, token: string) =>
    await sessionOf(pool, token).refusal(operation, input);

  it('needs an access token with the scope aws.cognito.signin.user.admin', async () => {
    const pool = await startPool();
    const missing = await refusal(await call(pool, operation, input));
    expect(missing).toMatch(/^InvalidParameterException: .*AccessToken/);
    const { access_token } = await signInForTokens(pool, { scope: 'openid email' });
    expect(await refusalOf(pool, access_token)).toBe(
      'NotAuthorizedException: Access Token does not have required scopes',
    );
  });

  it('refuses garbage, an ID token, and an access token that someone changed', async () => {
    const pool = await startPool();
    const { id_token, access_token } = await signInForTokens(pool);
    for (const token of ['garbage', 'a.b.c', id_token]) {
      expect(await refusalOf(pool, token)).toBe('NotAuthorizedException: Invalid Access Token');
    }
    expect(await refusalOf(pool, `${access_token}x`)).toBe(
      'NotAuthorizedException: Could not verify signature for Access Token',
    );
  });

  it('refuses the token of an ended sign-in, a disabled and a deleted user', async () => {
    const pool = await startPool();
    const alice = await signInForTokens(pool);
    const bob = await signInForTokens(pool, {}, BOB);
    pool.revokeAll('alice');
    expect(await refusalOf(pool, alice.access_token)).toBe(
      'NotAuthorizedException: Access Token has been revoked',
    );
    pool.disable('bob');
    expect(await refusalOf(pool, bob.access_token)).toBe(
      'NotAuthorizedException: User is disabled.',
    );
    pool.remove('bob');
    expect(await refusalOf(pool, bob.access_token)).toBe(
      'UserNotFoundException: User does not exist.',
    );
    pool.advance(3600);
    expect(await refusalOf(pool, bob.access_token)).toBe(
      'NotAuthorizedException: Access Token has expired',
    );
  });

  it('refuses a user whose password an administrator has reset, and one who is not confirmed', async () => {
    const pool = await startPool();
    const { access_token } = await signInForTokens(pool);
    pool.setStatus('alice', 'RESET_REQUIRED');
    expect(await refusalOf(pool, access_token)).toBe(
      'PasswordResetRequiredException: Password reset required for the user',
    );
    pool.setStatus('alice', 'UNCONFIRMED');
    expect(await refusalOf(pool, access_token)).toBe(
      'UserNotConfirmedException: User is not confirmed.',
    );
  });

  it('refuses the token of an app client that is gone', async () => {
    const pool = await startPool();
    const { access_token } = await signInForTokens(pool);
    pool.reseed({ users: [], clients: [PUBLIC, FOREIGN] });
    expect(await refusalOf(pool, access_token)).toMatch(/^ResourceNotFoundException: /);
  });
});

it('the log of requests names the operation', async () => {
  const pool = await startPool();
  await call(pool, 'GetUser', {});
  expect(pool.requests().at(-1)).toEqual({
    method: 'POST',
    path: '/',
    operation: 'GetUser',
    status: 400,
  });
});
