import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Target } from '../target';
import { apiUser } from './api-user';

const ORDER = 'double: stackd; the order is not documented';

/** What GetUser says to an access token. */
function presented(
  id: string,
  ask: string,
  cognito: string,
  token: (target: Target) => Promise<string>,
  row: Partial<Behavior> & Pick<Behavior, 'source'>,
): Behavior {
  return behavior({
    needs: 'control',
    ...row,
    id: `api-token/${id}`,
    ask,
    cognito: `400 ${cognito}`,
    observe: async (target) => await apiUser(target, await token(target)).says('GetUser'),
  });
}

/** The token of a sign-in after which something happens. */
const after = (happens: (target: Target) => void) => async (target: Target) => {
  const { access_token } = await target.freshTokens();
  happens(target);
  return access_token;
};

/** Which access tokens the JSON API accepts (account-facts, section 1). */
export const API_TOKEN: readonly Behavior[] = [
  presented(
    'garbage',
    'Garbage',
    'NotAuthorizedException: Invalid Access Token',
    async () => 'garbage',
    { source: 'obs', needs: 'outside' },
  ),
  presented(
    'id-token',
    'An ID token',
    'NotAuthorizedException: Invalid Access Token',
    async (target) => (await target.tokens()).id_token,
    { source: 'double: stackd', standing: unconfirmed, needs: 'sign-in' },
  ),
  presented(
    'signature',
    'An access token with a changed signature',
    'NotAuthorizedException: Could not verify signature for Access Token',
    async (target) => {
      const { access_token } = await target.tokens();
      return `${access_token.slice(0, -8)}AAAAAAAA`;
    },
    { source: 'obs', needs: 'sign-in' },
  ),
  presented(
    'expired',
    'An access token after an hour',
    'NotAuthorizedException: Access Token has expired',
    after((target) => controlOf(target).advance(3600)),
    { source: 'obs' },
  ),
  presented(
    'scope',
    'An access token without the scope `aws.cognito.signin.user.admin`',
    'NotAuthorizedException: Access Token does not have required scopes',
    async (target) => (await target.freshTokens({ scope: 'openid' })).access_token,
    { source: 're:Post: QUEKG1-XSMTl2tTSpHM8Eulw' },
  ),
  presented(
    'deleted',
    'An access token of a deleted user',
    'UserNotFoundException: User does not exist.',
    after((target) => controlOf(target).remove(target.username)),
    { source: ORDER, standing: unconfirmed },
  ),
  presented(
    'disabled',
    'An access token of a disabled user',
    'NotAuthorizedException: User is disabled.',
    after((target) => controlOf(target).disable(target.username)),
    { source: ORDER, standing: unconfirmed },
  ),
  presented(
    'reset',
    'An access token of a user whose password an administrator has reset',
    'PasswordResetRequiredException: Password reset required for the user',
    after((target) => controlOf(target).setStatus(target.username, 'RESET_REQUIRED')),
    { source: 'api: GetUser' },
  ),
  presented(
    'signed-out',
    'An access token after GlobalSignOut',
    'NotAuthorizedException: Access Token has been revoked',
    async (target) => {
      const { access_token } = await target.freshTokens();
      await apiUser(target, access_token).says('GlobalSignOut');
      return access_token;
    },
    { source: 'api: GlobalSignOut' },
  ),
  presented(
    'revoked',
    'An access token whose refresh token was revoked',
    'NotAuthorizedException: Access Token has been revoked',
    async (target) => {
      const { access_token, refresh_token } = await target.freshTokens();
      await target.revoke(refresh_token);
      return access_token;
    },
    { source: 'dg: token revocation', needs: 'sign-in' },
  ),
];
