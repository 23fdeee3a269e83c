import { describe, expect, test } from 'vitest';
import { canAddPasskey, deletePasskey, listPasskeys } from '@/lib/cognito/account/passkeys';
import { associateTotp, setTotp, verifyTotp } from '@/lib/cognito/account/totp';
import {
  changePassword,
  getAuthFactors,
  getUser,
  sendCode,
  updateAttributes,
  verifyAttribute,
} from '@/lib/cognito/account/user';
import { answering, problemOf } from './support';

const USER = {
  Username: '34c84488-e0e1-70ae-d2ee-991ad1a898c8',
  UserAttributes: [
    { Name: 'email', Value: 'alice@example.com' },
    { Name: 'email_verified', Value: 'true' },
    { Name: '__proto__', Value: 'polluted' },
  ],
};
const DELIVERY = { Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' };
const SENT = { attribute: 'email', medium: 'EMAIL', destination: 'a***@e***' };

describe('the user', () => {
  test('has attributes, and no factors if the members are missing', async () => {
    const api = answering(USER);
    expect(await getUser(api.caller)).toEqual({
      ok: true,
      data: {
        username: USER.Username,
        attributes: new Map([
          ['email', 'alice@example.com'],
          ['email_verified', 'true'],
          ['__proto__', 'polluted'],
        ]),
        factors: { enabled: [], preferred: undefined },
      },
    });
    expect(api.sent()).toEqual({});
  });

  test('has factors', async () => {
    const list = ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];
    const factors = { PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA', UserMFASettingList: list };
    expect(await getUser(answering({ ...USER, ...factors }).caller)).toMatchObject({
      data: { factors: { enabled: list, preferred: 'SOFTWARE_TOKEN_MFA' } },
    });
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a number', 1],
    ['attributes that are no pairs', [null, 'email', 1, [], {}, { Name: 'email' }]],
    [
      'attributes with other types',
      [
        { Name: 1, Value: 'a' },
        { Name: 'email', Value: null },
      ],
    ],
    ['attributes without a value', [{ Name: 'email', Value: '' }]],
  ])('has no attributes if Cognito sends %s', async (_, UserAttributes) => {
    const body = { ...USER, UserAttributes, UserMFASettingList: [1], PreferredMfaSetting: '' };
    const result = await getUser(answering(body).caller);
    expect(result).toMatchObject({ ok: true, data: { factors: { enabled: [] } } });
    if (result.ok) expect(result.data.attributes.size).toBe(0);
  });
});

describe('a change of attributes', () => {
  test('sends what changed, and an empty text to delete', async () => {
    const api = answering({});
    const changes = new Map([
      ['name', 'Zoë'],
      ['picture', ''],
    ]);
    expect(await updateAttributes(api.caller, changes)).toEqual({ ok: true, data: [] });
    expect(api.sent()).toEqual({
      UserAttributes: [
        { Name: 'name', Value: 'Zoë' },
        { Name: 'picture', Value: '' },
      ],
    });
  });

  test('sends nothing if nothing changed', async () => {
    const api = answering({});
    expect(await updateAttributes(api.caller, new Map())).toEqual({ ok: true, data: [] });
    expect(api.calls).toEqual([]);
  });

  test('tells where codes went', async () => {
    const { caller } = answering({
      CodeDeliveryDetailsList: [DELIVERY, { DeliveryMedium: 'FAX' }],
    });
    const unknown = { attribute: undefined, medium: undefined, destination: undefined };
    expect(await updateAttributes(caller, new Map([['email', 'b@example.com']]))).toEqual({
      ok: true,
      data: [SENT, unknown],
    });
  });
});

describe('a code', () => {
  test('is requested, and the page learns where it went', async () => {
    const api = answering({ CodeDeliveryDetails: DELIVERY });
    expect(await sendCode(api.caller, 'email')).toEqual({ ok: true, data: SENT });
    expect(api.sent()).toEqual({ AttributeName: 'email' });
  });

  test('counts as sent even if the details are missing', async () => {
    expect(await problemOf(sendCode(answering({}).caller, 'phone_number'))).toBe('ok');
  });

  test('is sent without the spaces of a mail program', async () => {
    const api = answering({});
    await verifyAttribute(api.caller, 'phone_number', ' 123 456\n');
    expect(api.sent()).toEqual({ AttributeName: 'phone_number', Code: '123456' });
  });

  test.each(['', '  ', 'x'.repeat(2049)])('that cannot be one is wrong: %j', async (code) => {
    const api = answering({});
    expect(await problemOf(verifyAttribute(api.caller, 'email', code))).toBe('code_wrong');
    expect(api.calls).toEqual([]);
  });
});

describe('a new password', () => {
  test('goes with the old one, byte for byte', async () => {
    const api = answering({});
    const passwords = { previous: ' old "Pass" ', proposed: ' né\u00a0w ' };
    expect(await problemOf(changePassword(api.caller, passwords))).toBe('ok');
    expect(api.sent()).toEqual({
      PreviousPassword: ' old "Pass" ',
      ProposedPassword: ' né\u00a0w ',
    });
  });

  test('goes alone if the user had none', async () => {
    const api = answering({});
    await changePassword(api.caller, { previous: undefined, proposed: 'new' });
    expect(api.sent()).toEqual({ ProposedPassword: 'new' });
  });

  test('with an empty old one is not a first password', async () => {
    const api = answering({});
    await changePassword(api.caller, { previous: '', proposed: 'new' });
    expect(api.sent()).toEqual({ PreviousPassword: '', ProposedPassword: 'new' });
  });
});

describe('an authenticator app', () => {
  test('gets a secret', async () => {
    const { caller } = answering({ SecretCode: 'JBSWY3DPEHPK3PXP', Session: 's' });
    expect(await associateTotp(caller)).toEqual({ ok: true, data: { secret: 'JBSWY3DPEHPK3PXP' } });
  });

  test.each([undefined, null, '', 1, 'A&issuer=Other', 'A B'])(
    'gets no secret that would change its address: %j',
    async (SecretCode) => {
      expect(await problemOf(associateTotp(answering({ SecretCode }).caller))).toBe('unavailable');
    },
  );

  test('is verified by six digits', async () => {
    const api = answering({ Status: 'SUCCESS' });
    expect(await verifyTotp(api.caller, '123 456')).toEqual({ ok: true, data: null });
    expect(api.sent()).toEqual({ UserCode: '123456' });
  });

  test('is not verified if the status says so, although the call worked', async () => {
    const { caller } = answering({ Status: 'ERROR' });
    expect(await problemOf(verifyTotp(caller, '123456'))).toBe('totp_code_wrong');
    expect(await problemOf(verifyTotp(answering({}).caller, '123456'))).toBe('unavailable');
  });

  test.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])(
    'is not verified by %j, which Cognito would repeat in its message',
    async (code) => {
      const api = answering({ Status: 'SUCCESS' });
      expect(await problemOf(verifyTotp(api.caller, code))).toBe('totp_code_wrong');
      expect(api.calls).toEqual([]);
    },
  );

  test.each([
    ['preferred', { Enabled: true, PreferredMfa: true }],
    ['on', { Enabled: true, PreferredMfa: false }],
    ['off', { Enabled: false, PreferredMfa: false }],
  ] as const)('is %s, and no other factor is mentioned', async (choice, settings) => {
    const api = answering({});
    expect(await problemOf(setTotp(api.caller, choice))).toBe('ok');
    expect(api.sent()).toEqual({ SoftwareTokenMfaSettings: settings });
  });
});

test('the ways to sign in are listed, newer ones too', async () => {
  const configured = ['PASSWORD', 'WEB_AUTHN', 'SOFTWARE_TOKEN', 'LATER'];
  const body = { Username: 'a', ConfiguredUserAuthFactors: configured };
  expect(await getAuthFactors(answering(body).caller)).toEqual({
    ok: true,
    data: { configured, mfa: { enabled: [], preferred: undefined } },
  });
});

describe('passkeys', () => {
  const passkey = {
    CredentialId: '8LApgk4-lNUFHbhm2w6Und7-uxcc8coJGsPxiogvHoItc64xWQc3r4CEXAMPLE',
    FriendlyCredentialName: 'iCloud Keychain',
    RelyingPartyId: 'auth.example.com',
    CreatedAt: 1736293876.115,
  };

  test('are listed as in the sample of the AWS CLI, which lacks a required member', async () => {
    const api = answering({ Credentials: [passkey] });
    expect(await listPasskeys(api.caller)).toEqual({
      ok: true,
      data: [
        {
          id: passkey.CredentialId,
          name: 'iCloud Keychain',
          relyingPartyId: 'auth.example.com',
          createdAt: 1736293876.115,
        },
      ],
    });
    expect(api.sent()).toEqual({ MaxResults: 20 });
  });

  test('are listed if they have nothing but an ID, and left out without one', async () => {
    const Credentials = [{ CredentialId: 'a', CreatedAt: 'yesterday' }, {}, null, 'b'];
    expect(await listPasskeys(answering({ Credentials }).caller)).toEqual({
      ok: true,
      data: [{ id: 'a', name: undefined, relyingPartyId: undefined, createdAt: undefined }],
    });
    expect(await listPasskeys(answering({}).caller)).toEqual({ ok: true, data: [] });
  });

  test('can be added if a registration starts, whatever its options are', async () => {
    const api = answering({ CredentialCreationOptions: { challenge: 'x' } });
    expect(await canAddPasskey(api.caller)).toEqual({ ok: true, data: null });
    expect(api.sent()).toEqual({});
  });

  test('are deleted by their ID', async () => {
    const api = answering({});
    expect(await problemOf(deletePasskey(api.caller, 'the-id'))).toBe('ok');
    expect(api.sent()).toEqual({ CredentialId: 'the-id' });
  });
});
