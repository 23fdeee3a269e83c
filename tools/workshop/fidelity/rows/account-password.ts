import { openBrowser, signInOver } from '../../../../lib/local-pool/tests/browser-double';
import { GINA } from '../../../../lib/local-pool/tests/federated';
import { type Behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { codeIn } from '../target';
import { tokensIn } from '../wire';
import { apiUser, asUser } from './api-user';
import { outcome } from './outcome';

const NEW = 'Another-password-2';
const WRONG = '400 NotAuthorizedException: Incorrect username or password.';
const passwords = (PreviousPassword: string, ProposedPassword = NEW) => ({
  PreviousPassword,
  ProposedPassword,
});

/** Password, sign-out and deletion through the JSON API (account-facts, sections 4 and 7). */
export const ACCOUNT_PASSWORD: readonly Behavior[] = [
  asUser(
    'account-password/changed',
    'ChangePassword: the response, and a refresh token from before',
    '200 {}, tokens',
    async (_, target) => {
      const { access_token, refresh_token } = await target.freshTokens();
      const input = passwords(target.password);
      const changed = await apiUser(target, access_token).says('ChangePassword', input);
      return `${changed}, ${await outcome(target, await target.refresh(refresh_token))}`;
    },
    { source: 'api: ChangePassword; issue: aws-amplify/amplify-js#4168' },
  ),
  asUser(
    'account-password/wrong',
    'A wrong old password',
    WRONG,
    async (user) => await user.says('ChangePassword', passwords('Wrong-password-1')),
    { source: 'issue: aws-amplify/amplify-flutter#1282' },
  ),
  asUser(
    'account-password/limit',
    'The right old password after five wrong ones',
    '400 LimitExceededException: Attempt limit exceeded, please try after some time.',
    async (user, target) => {
      for (let tries = 0; tries < 5; tries += 1) {
        await user.says('ChangePassword', passwords('Wrong-password-1'));
      }
      return await user.says('ChangePassword', passwords(target.password));
    },
    { source: 'text: obs; the number is not documented', standing: unconfirmed },
  ),
  asUser(
    'account-password/policy',
    'A new password that is too short, and one without capital letters',
    '400 InvalidPasswordException: Password did not conform with policy: Password not long enough; 400 InvalidPasswordException: Password did not conform with policy: Password must have uppercase characters',
    async (user, target) => {
      const short = await user.says('ChangePassword', passwords(target.password, 'Aa1-'));
      const lower = passwords(target.password, 'lower-case-1');
      return `${short}; ${await user.says('ChangePassword', lower)}`;
    },
    { source: 'obs: Amplify; the second text is not documented', standing: unconfirmed },
  ),
  asUser(
    'account-password/both',
    'A wrong old password with a new one that breaks the policy',
    WRONG,
    async (user) => await user.says('ChangePassword', passwords('Wrong-password-1', 'short')),
    { source: 'not documented', standing: unconfirmed },
  ),
  asUser(
    'account-password/federated',
    'ChangePassword of a user who signed in with Google',
    '400 NotAuthorizedException: User is not authorized to change password',
    async (_, target) => {
      const identityProviders = ['COGNITO', 'Google'];
      controlOf(target).changeClient({ identityProviders }, target.clientId);
      const asked = { client_id: target.clientId };
      const browser = openBrowser(controlOf(target));
      const callback = await signInOver(browser, 'Google', { person: GINA }, asked);
      const { access_token } = await tokensIn(await target.redeem(codeIn(callback)));
      return await apiUser(target, access_token).says('ChangePassword', passwords('x'));
    },
    { source: 'issue: aws-amplify/amplify-js#2464' },
  ),
  asUser(
    'account-password/global-sign-out',
    "GlobalSignOut: the response, this browser's and another browser's refresh token, and the hosted session",
    '200 {}, 400 {"error":"invalid_grant"}, 400 {"error":"invalid_grant"}, still issues codes',
    async (_, target) => {
      const here = await target.freshTokens();
      const elsewhere = await target.freshTokens();
      const ended = await apiUser(target, here.access_token).says('GlobalSignOut');
      const first = await outcome(target, await target.refresh(here.refresh_token));
      const second = await outcome(target, await target.refresh(elsewhere.refresh_token));
      const location = (await target.authorizeAgain()).headers.get('location') ?? '';
      const session = /[?&]code=/.test(location) ? 'still issues codes' : 'ended';
      return `${ended}, ${first}, ${second}, ${session}`;
    },
    { source: 'api: GlobalSignOut' },
  ),
  asUser(
    'account-password/deleted',
    'DeleteUser: the response, then GetUser and a refresh',
    '200 empty, 400 UserNotFoundException: User does not exist., 400 {"error":"invalid_grant"}',
    async (_, target) => {
      const { access_token, refresh_token } = await target.freshTokens();
      const user = apiUser(target, access_token);
      const deleted = await user.says('DeleteUser');
      const refreshed = await outcome(target, await target.refresh(refresh_token));
      return `${deleted}, ${await user.says('GetUser')}, ${refreshed}`;
    },
    { source: 'api: DeleteUser' },
  ),
];
