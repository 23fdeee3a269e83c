import type { Verifiable } from '@/lib/local-pool/src/settings';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { withSettings } from '../other-targets';
import type { Target } from '../target';
import { type ApiUser, apiUser, signedIn, write } from './api-user';
import { mailed } from './walk';

const NEW = 'alicia@other.example';
const EXPIRED = '400 ExpiredCodeException: Invalid code provided, please request a code again.';
const LIMIT = '400 LimitExceededException: Attempt limit exceeded, please try after some time.';
const EMAIL = { AttributeName: 'email' };

/** A user of a pool whose changes of these attributes wait for their codes. */
function waiting(
  id: string,
  ask: string,
  cognito: string,
  waits: readonly Verifiable[],
  steps: (user: ApiUser, target: Target) => Promise<string>,
  row: Partial<Behavior> & Pick<Behavior, 'source'>,
): Behavior {
  return behavior({
    needs: 'control',
    ...row,
    id: `account-email/${id}`,
    ask,
    cognito,
    observe: async (target) => {
      const own = await withSettings(target, { verifyBeforeUpdate: waits });
      return await steps(await signedIn(own), own);
    },
  });
}

const change = async (user: ApiUser, email = NEW) =>
  await user.says('UpdateUserAttributes', write({ email }));
const verify = async (user: ApiUser, Code: string) =>
  await user.tries('VerifyUserAttribute', { ...EMAIL, Code });
const seen = async (user: ApiUser) => await user.sees('email', 'email_verified');

/** A code that was not sent. */
const wrong = (target: Target) => (mailed(target) === '000000' ? '000001' : '000000');

/** Tries something until it is refused for good. */
async function untilLimit(step: () => Promise<string>): Promise<string> {
  for (let times = 0; times < 30; times += 1) {
    const text = await step();
    if (text === LIMIT) return `${times}, then ${text}`;
  }
  return 'no limit';
}

/** New email addresses and phone numbers (account-facts, section 3). */
export const ACCOUNT_EMAIL: readonly Behavior[] = [
  waiting(
    'delivery',
    'UpdateUserAttributes with a new email address: where the code goes',
    '200 {"CodeDeliveryDetailsList":[{"Destination":"a***@o***","DeliveryMedium":"EMAIL","AttributeName":"email"}]}, alicia@other.example',
    ['email'],
    async (user, target) => {
      return `${await change(user)}, ${controlOf(target).outbox()[0]?.to}`;
    },
    { source: 'api: UpdateUserAttributes' },
  ),
  waiting(
    'kept',
    'Before and after the code, with `email` in AttributesRequireVerificationBeforeUpdate',
    'alice@example.com, true; done; alicia@other.example, true',
    ['email'],
    async (user, target) => {
      await change(user);
      const before = await seen(user);
      return `${before}; ${await verify(user, mailed(target))}; ${await seen(user)}`;
    },
    { source: 'api: UserAttributeUpdateSettingsType' },
  ),
  waiting(
    'replaced',
    'Before and after the code, without that setting',
    'alicia@other.example, false; done; alicia@other.example, true',
    [],
    async (user, target) => {
      await change(user);
      const before = await seen(user);
      return `${before}; ${await verify(user, mailed(target))}; ${await seen(user)}`;
    },
    { source: 'api: UserAttributeUpdateSettingsType' },
  ),
  ...([['email'], []] as const).map((waits) =>
    waiting(
      `taken-${waits.length}`,
      `An address that another user has verified, ${waits.length === 1 ? 'with' : 'without'} that setting: at the change, and at the code`,
      'a code; 400 AliasExistsException: An account with the given email already exists.',
      waits,
      async (user, target) => {
        const changed = await change(user, 'bob@example.com');
        const first = changed.includes('Destination') ? 'a code' : changed;
        return `${first}; ${await verify(user, mailed(target))}`;
      },
      {
        source: 'issue: awslabs/aws-sdk-ios-samples#104; the text is not documented',
        standing: unconfirmed,
      },
    ),
  ),
  waiting(
    'wrong',
    'A wrong code',
    '400 CodeMismatchException: Invalid verification code provided, please try again.',
    ['email'],
    async (user, target) => {
      await change(user);
      return await verify(user, wrong(target));
    },
    { source: 'obs' },
  ),
  waiting(
    'never-sent',
    'A code although none was sent',
    EXPIRED,
    ['email'],
    async (user) => await verify(user, '123456'),
    { source: 'obs' },
  ),
  waiting(
    'life',
    'The code one second before it is 24 hours old, and at 24 hours',
    `done; ${EXPIRED}`,
    ['email'],
    async (user, target) => {
      // The hosted session lasts an hour only.
      const later = async (name: string) => {
        const { access_token } = await controlOf(target).mint(name, { client: target.clientId });
        return apiUser(target, access_token);
      };
      await change(user);
      const alices = mailed(target);
      await change(await later('bob'), 'robert@other.example');
      const bobs = mailed(target);
      controlOf(target).advance(24 * 3600 - 1);
      const first = await verify(await later('alice'), alices);
      controlOf(target).advance(1);
      return `${first}; ${await verify(await later('bob'), bobs)}`;
    },
    { source: 'dg: quotas' },
  ),
  waiting(
    'cancel',
    'The code after the old address was written again',
    EXPIRED,
    ['email'],
    async (user, target) => {
      await change(user);
      const code = mailed(target);
      await change(user, 'alice@example.com');
      return await verify(user, code);
    },
    { source: 'not documented', standing: unconfirmed },
  ),
  waiting(
    'resend',
    'GetUserAttributeVerificationCode while a change is pending: the address',
    'alicia@other.example',
    ['email'],
    async (user, target) => {
      await change(user);
      await user.says('GetUserAttributeVerificationCode', EMAIL);
      return controlOf(target).outbox()[0]?.to ?? 'none';
    },
    { source: 'not documented', standing: unconfirmed },
  ),
  waiting(
    'resend-limit',
    'How often a code is sent again within an hour',
    `5, then ${LIMIT}`,
    ['email'],
    async (user) => {
      return await untilLimit(
        async () => await user.says('GetUserAttributeVerificationCode', EMAIL),
      );
    },
    { source: 'text: obs; the number is not in the facts', standing: unconfirmed },
  ),
  waiting(
    'verify-limit',
    'How many codes may be tried within an hour',
    `15, then ${LIMIT}`,
    ['email'],
    async (user, target) => {
      await change(user);
      return await untilLimit(async () => await verify(user, wrong(target)));
    },
    { source: 'text: obs; the number is not in the facts', standing: unconfirmed },
  ),
  waiting(
    'phone',
    'A new phone number that is not verified automatically: messages, and what GetUser shows',
    '0 messages, +4915112345678, false',
    ['email'],
    async (user, target) => {
      await user.says('UpdateUserAttributes', write({ phone_number: '+4915112345678' }));
      const sent = controlOf(target).outbox().length;
      return `${sent} messages, ${await user.sees('phone_number', 'phone_number_verified')}`;
    },
    { source: 'api: UpdateUserAttributes' },
  ),
  waiting(
    'not-verifiable',
    'GetUserAttributeVerificationCode for `name`',
    '400 InvalidParameterException: Invalid attribute name. Only phone_number and email can be verified.',
    ['email'],
    async (user) => {
      return await user.says('GetUserAttributeVerificationCode', { AttributeName: 'name' });
    },
    { source: 'obs' },
  ),
];
