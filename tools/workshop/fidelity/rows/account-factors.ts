import { openBrowser } from '../../../../lib/local-pool/tests/hosted-ui-browser';
import { fromBase32, totpOf } from '../../../../lib/local-pool/tests/totp-code';
import { type Behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { withSettings } from '../other-targets';
import type { Target } from '../target';
import { type ApiUser, apiUser, asUser, signedIn } from './api-user';
import { at, signIn } from './walk';

const app = (Enabled: boolean) => ({
  SoftwareTokenMfaSettings: { Enabled, PreferredMfa: Enabled },
});

/** The next code of the secret that AssociateSoftwareToken returns. */
async function newCode(user: ApiUser, target: Target): Promise<string> {
  const secret = String((await user.reads('AssociateSoftwareToken')).get('SecretCode'));
  return totpOf(fromBase32(secret), controlOf(target).settings.now());
}

/** Sets up an app, and turns it on. */
async function withApp(user: ApiUser, target: Target): Promise<void> {
  await user.says('VerifySoftwareToken', { UserCode: await newCode(user, target) });
  await user.says('SetUserMFAPreference', app(true));
}

async function afterPassword(target: Target): Promise<string> {
  const browser = openBrowser(controlOf(target));
  return at(await signIn(browser, target, target.username, target.password));
}

/** Which of a user's second factors GetUser shows. */
async function factors(user: ApiUser): Promise<string> {
  const answer = await user.reads('GetUser');
  const shown = ['PreferredMfaSetting', 'UserMFASettingList'].map((name) => answer.get(name));
  return shown.map((value) => String(value ?? 'absent')).join(' and ');
}

/** Authenticator apps, devices and passkeys through the JSON API (account-facts, 5 to 7). */
export const ACCOUNT_FACTORS: readonly Behavior[] = [
  asUser(
    'account-factors/associate',
    'The members of the response to AssociateSoftwareToken, and whether the secret is base32',
    'SecretCode, base32',
    async (user) => {
      const answer = await user.reads('AssociateSoftwareToken');
      const isBase32 = /^[A-Z2-7]{16,}$/.test(String(answer.get('SecretCode')));
      return `${[...answer.keys()].join(', ')}, ${isBase32 ? 'base32' : 'something else'}`;
    },
    { source: 'api: AssociateSoftwareToken' },
  ),
  asUser(
    'account-factors/verify',
    'The right code, and what GetUser and the sign-in show before SetUserMFAPreference',
    '200 {"Status":"SUCCESS"}, absent and absent, code',
    async (user, target) => {
      const UserCode = await newCode(user, target);
      const verified = await user.says('VerifySoftwareToken', { UserCode });
      return `${verified}, ${await factors(user)}, ${await afterPassword(target)}`;
    },
    { source: 'dg: TOTP; api: GetUser' },
  ),
  asUser(
    'account-factors/on',
    'The same after it: the hosted UI asks for the code',
    '200 {}, SOFTWARE_TOKEN_MFA and SOFTWARE_TOKEN_MFA, /mfa',
    async (user, target) => {
      await user.says('VerifySoftwareToken', { UserCode: await newCode(user, target) });
      const set = await user.says('SetUserMFAPreference', app(true));
      return `${set}, ${await factors(user)}, ${await afterPassword(target)}`;
    },
    { source: "api: SetUserMFAPreference; dg: MFA; the path is the local pool's" },
  ),
  asUser(
    'account-factors/off',
    'The same after the app is turned off',
    '200 {}, absent and absent, code',
    async (user, target) => {
      await withApp(user, target);
      const set = await user.says('SetUserMFAPreference', app(false));
      return `${set}, ${await factors(user)}, ${await afterPassword(target)}`;
    },
    { source: 'dg: TOTP' },
  ),
  asUser(
    'account-factors/wrong',
    'A wrong code',
    '400 EnableSoftwareTokenMFAException: Code mismatch and fail enable Software Token MFA',
    async (user, target) => {
      const UserCode = (await newCode(user, target)) === '000000' ? '000001' : '000000';
      return await user.says('VerifySoftwareToken', { UserCode });
    },
    { source: 'obs: Amplify UI' },
  ),
  asUser(
    'account-factors/replacing',
    'A sign-in between AssociateSoftwareToken and VerifySoftwareToken of a user with an app',
    '/mfa',
    async (user, target) => {
      await withApp(user, target);
      await user.says('AssociateSoftwareToken');
      return await afterPassword(target);
    },
    { source: 'api: AssociateSoftwareToken; dg of 2023 differs', standing: unconfirmed },
  ),
  asUser(
    'account-factors/no-app',
    'SetUserMFAPreference with `Enabled: false` of a user without an app',
    '400 InvalidParameterException: User has not set up software token mfa',
    async (user) => await user.says('SetUserMFAPreference', app(false)),
    { source: 'issue: aws-amplify/amplify-js#944' },
  ),
  asUser(
    'account-factors/no-phone',
    'SetUserMFAPreference for SMS of a user without a phone number',
    '400 InvalidParameterException: User does not have a phone_number set to turn on SMS MFA',
    async (user, target) => {
      controlOf(target).setAttributes(target.username, { phone_number: null });
      return await user.says('SetUserMFAPreference', { SMSMfaSettings: { Enabled: true } });
    },
    { source: 'issue: aws-amplify/amplify-js#618' },
  ),
  asUser(
    'account-factors/mfa-off',
    'AssociateSoftwareToken, and SetUserMFAPreference, in a pool without MFA',
    '400 SoftwareTokenMFANotFoundException: Software Token MFA has not been enabled by the userPool.; 400 InvalidParameterException: User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA',
    async (_, target) => {
      const user = await signedIn(await withSettings(target, { mfa: 'OFF' }));
      const associated = await user.says('AssociateSoftwareToken');
      return `${associated}; ${await user.says('SetUserMFAPreference', app(true))}`;
    },
    { source: 'dg of 2023: TOTP; issue: aws/aws-sdk-js-v3#4645' },
  ),
  asUser(
    'account-factors/mfa-on',
    'Turning the app off in a pool that requires MFA',
    '400 InvalidParameterException',
    async (_, target) => {
      const own = await withSettings(target, { mfa: 'ON' });
      const { access_token } = await controlOf(own).mint('erin', { client: own.clientId });
      const said = await apiUser(own, access_token).says('SetUserMFAPreference', app(false));
      return said.replace(/:.*/s, '');
    },
    { source: 'api: SetUserMFAPreference; the exception is not documented', standing: unconfirmed },
  ),
  asUser(
    'account-factors/first',
    'ConfiguredUserAuthFactors of a user with a password and an app',
    'PASSWORD',
    async (user, target) => {
      await withApp(user, target);
      return String((await user.reads('GetUserAuthFactors')).get('ConfiguredUserAuthFactors'));
    },
    {
      source: 'api: GetUserAuthFactors; whether SOFTWARE_TOKEN is in it is not documented',
      standing: unconfirmed,
    },
  ),
  asUser(
    'account-factors/devices',
    'ListDevices after a sign-in on the pages',
    '200 {"Devices":[]}',
    async (user) => await user.says('ListDevices'),
    { source: 'dg: managed login; without device tracking not documented', standing: unconfirmed },
  ),
  asUser(
    'account-factors/forget-device',
    'ForgetDevice with an unknown key',
    '400 ResourceNotFoundException: Device does not exist.',
    async (user) => await user.says('ForgetDevice', { DeviceKey: 'us-east-1_34c84488' }),
    { source: 'api: ForgetDevice; the text is not documented', standing: unconfirmed },
  ),
  asUser(
    'account-factors/passkeys',
    'Passkeys in a pool without them: the list, a deletion, a registration',
    '200 {"Credentials":[]}; 400 WebAuthnNotEnabledException; 400 WebAuthnNotEnabledException',
    async (user) => {
      const list = await user.says('ListWebAuthnCredentials');
      const deleted = await user.says('DeleteWebAuthnCredential', { CredentialId: 'x' });
      const started = await user.says('StartWebAuthnRegistration');
      return [list, deleted, started]
        .map((text) => text.replace(/(Exception):.*/s, '$1'))
        .join('; ');
    },
    {
      source: 'api: StartWebAuthnRegistration; the others are not documented',
      standing: unconfirmed,
    },
  ),
];
