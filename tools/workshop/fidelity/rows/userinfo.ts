import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Target } from '../target';
import { membersOf } from '../wire';

const INVALID_TOKEN =
  '401 error="invalid_token", error_description="Access token is expired, disabled, or deleted, or the user has globally signed out."';

/** The status, and the header with the error. */
async function refusal(target: Target, accessToken: string): Promise<string> {
  const response = await target.userInfo(accessToken);
  return `${response.status} ${response.headers.get('www-authenticate') ?? 'without a header'}`;
}

/** The type of each member. */
async function members(target: Target, scope: string, names: readonly string[]): Promise<string> {
  const { access_token } = await target.freshTokens({ scope });
  const all = membersOf(await (await target.userInfo(access_token)).json());
  return names
    .map((name) => `${name}: ${all.has(name) ? typeof all.get(name) : 'none'}`)
    .join(', ');
}

/** GET /oauth2/userInfo (cognito-facts, section 8). */
export const USERINFO: readonly Behavior[] = [
  behavior({
    id: 'userinfo/members',
    ask: 'An access token with `openid email`: `email_verified` is a string, and groups are missing',
    cognito:
      'sub: string, username: string, email: string, email_verified: string, cognito:groups: none',
    source: 'dg: userInfo',
    needs: 'sign-in',
    observe: async (target) => {
      const names = ['sub', 'username', 'email', 'email_verified', 'cognito:groups'];
      return await members(target, 'openid email', names);
    },
  }),
  behavior({
    id: 'userinfo/openid-alone',
    ask: 'A token with only `openid`, which returns every attribute, and one with `openid phone`, which returns fewer',
    cognito: 'email: string, name: string; email: none, name: none',
    source: 'dg: userInfo',
    needs: 'control',
    observe: async (target) => {
      const names = ['email', 'name'];
      const all = await members(target, 'openid', names);
      return `${all}; ${await members(target, 'openid phone', names)}`;
    },
  }),
  behavior({
    id: 'userinfo/no-token',
    ask: 'No token: the header does not start with `Bearer`',
    cognito:
      '400 error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
    source: 'dg: userInfo',
    observe: async (target) => {
      const response = await target.get('/oauth2/userInfo');
      return `${response.status} ${response.headers.get('www-authenticate') ?? ''}`;
    },
  }),
  behavior({
    id: 'userinfo/garbage',
    ask: 'A token that is not valid',
    cognito: INVALID_TOKEN,
    source: 'dg: userInfo',
    observe: async (target) => await refusal(target, 'garbage'),
  }),
  behavior({
    id: 'userinfo/id-token',
    ask: 'An ID token',
    cognito: INVALID_TOKEN,
    source: 'dg: userInfo',
    needs: 'sign-in',
    observe: async (target) => await refusal(target, (await target.tokens()).id_token),
  }),
  behavior({
    id: 'userinfo/no-openid',
    ask: 'An access token without `openid`',
    cognito: INVALID_TOKEN,
    source: 'dg: userInfo does not give the status',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      const scope = 'aws.cognito.signin.user.admin';
      return await refusal(target, (await target.freshTokens({ scope })).access_token);
    },
  }),
  behavior({
    id: 'userinfo/revoked',
    ask: 'An access token whose refresh token was revoked',
    cognito: INVALID_TOKEN,
    source: 'dg: userInfo; dg: token revocation',
    needs: 'sign-in',
    observe: async (target) => {
      const { access_token, refresh_token } = await target.freshTokens();
      await target.revoke(refresh_token);
      return await refusal(target, access_token);
    },
  }),
  behavior({
    id: 'userinfo/expired',
    ask: 'An access token after an hour',
    cognito: INVALID_TOKEN,
    source: 'dg: userInfo',
    needs: 'control',
    observe: async (target) => {
      const { access_token } = await target.freshTokens();
      controlOf(target).advance(3600);
      return await refusal(target, access_token);
    },
  }),
  ...gone('disabled', 'An access token of a disabled user', (target) =>
    controlOf(target).disable(target.username),
  ),
  ...gone('deleted', 'An access token of a deleted user', (target) =>
    controlOf(target).remove(target.username),
  ),
  ...gone('signed-out', 'An access token of a user who was signed out globally', (target) =>
    controlOf(target).signOutGlobally(target.username),
  ),
];

function gone(id: string, ask: string, end: (target: Target) => void): Behavior[] {
  return [
    behavior({
      id: `userinfo/${id}`,
      ask,
      cognito: INVALID_TOKEN,
      source: 'dg: userInfo',
      needs: 'control',
      observe: async (target) => {
        const { access_token } = await target.freshTokens();
        end(target);
        return await refusal(target, access_token);
      },
    }),
  ];
}
