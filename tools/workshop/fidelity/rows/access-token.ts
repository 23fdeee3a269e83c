import { type Behavior, behavior, CannotShow, unconfirmed } from '../behavior';
import { claimsIn } from '../wire';
import { type Claims, rowsOn } from './seen-in-token';

const seen = rowsOn('access_token');

function whichOf(claims: Claims, ...names: string[]): string {
  return names.filter((name) => claims.has(name)).join(', ') || 'absent';
}

const ALWAYS = new Set([
  ...['sub', 'iss', 'version', 'client_id', 'origin_jti', 'token_use', 'scope'],
  ...['auth_time', 'exp', 'iat', 'jti', 'username'],
]);

/** The claims of the access token (cognito-facts, section 9). */
export const ACCESS_TOKEN: readonly Behavior[] = [
  seen(
    'order',
    'The order of the claims that every user has',
    (claims) => [...claims.keys()].filter((name) => ALWAYS.has(name)).join(', '),
    {
      cognito:
        'sub, iss, version, client_id, origin_jti, token_use, scope, auth_time, exp, iat, jti, username',
      source: 'facts, section 9: from a list, not from a token',
      standing: unconfirmed,
    },
  ),
  behavior({
    id: 'access-token/all',
    ask: 'All claims of a user with a group, in alphabetical order',
    cognito:
      'auth_time, client_id, cognito:groups, exp, iat, iss, jti, origin_jti, scope, sub, token_use, username, version',
    source: 'dg: access token',
    needs: 'control',
    observe: async (target) => {
      const { access_token } = await target.tokens();
      return [...claimsIn(access_token).keys()].sort().join(', ');
    },
  }),
  seen(
    'client-id',
    '`client_id`',
    (claims, { clientId }) => (claims.get('client_id') === clientId ? 'the client ID' : 'another'),
    { cognito: 'the client ID' },
  ),
  seen(
    'token-use',
    '`token_use`',
    (claims) => JSON.stringify(claims.get('token_use')) ?? 'absent',
    {
      cognito: '"access"',
    },
  ),
  seen(
    'version',
    '`version`',
    (claims) => `${typeof claims.get('version')} ${claims.get('version')}`,
    {
      cognito: 'number 2',
    },
  ),
  seen('aud', '`aud` if no `resource` was requested', (claims) => whichOf(claims, 'aud'), {
    cognito: 'absent',
  }),
  seen('username', '`username`', (claims) => typeof claims.get('username'), { cognito: 'string' }),
  behavior({
    id: 'access-token/same-username',
    ask: 'Whether `username` is the `cognito:username` of the ID token',
    cognito: 'the same',
    source: 'dg: access token',
    needs: 'sign-in',
    observe: async (target) => {
      const { id_token, access_token } = await target.tokens();
      const name = claimsIn(id_token).get('cognito:username');
      return claimsIn(access_token).get('username') === name ? 'the same' : 'different';
    },
  }),
  seen(
    'not-there',
    'Attributes, and claims that only the ID token has',
    (claims) => {
      const attributes = [...claims.keys()].filter((name) => name.startsWith('custom:'));
      const ofId = ['at_hash', 'nonce', 'cognito:username', 'identities'];
      const profile = ['email', 'email_verified', 'name', 'phone_number', 'phone_number_verified'];
      return whichOf(claims, ...ofId, ...profile, ...attributes);
    },
    { cognito: 'absent' },
  ),
  seen(
    'scope',
    'The type of `scope`, and whether it is as requested',
    (claims, { scopes }) => {
      const scope = claims.get('scope');
      if (typeof scope !== 'string') return typeof scope;
      const same = scope.split(' ').sort().join(' ') === [...scopes].sort().join(' ');
      return `string, ${same ? 'as requested' : 'something else'}`;
    },
    { cognito: 'string, as requested' },
  ),
  behavior({
    id: 'access-token/scope-order',
    ask: 'The `scope` claim for `email openid`, which is in another order',
    cognito: 'openid email',
    source: 'obs: `phone openid email`',
    needs: 'sign-in',
    observe: async (target) => {
      if (!target.scopes.includes('email'))
        throw new CannotShow('the app client has no scope `email`');
      const { access_token } = await target.freshTokens({ scope: 'email openid' });
      return String(claimsIn(access_token).get('scope'));
    },
  }),
];
