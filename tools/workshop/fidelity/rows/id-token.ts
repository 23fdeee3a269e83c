import { createHash } from 'node:crypto';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { claimsIn } from '../wire';
import { rowsOn } from './seen-in-token';

const seen = rowsOn('id_token');

/** Claims that every user has, whatever their attributes. */
const ALWAYS = new Set([
  ...['at_hash', 'sub', 'iss', 'cognito:username', 'origin_jti', 'aud', 'token_use'],
  ...['auth_time', 'exp', 'iat', 'jti'],
]);

/** The claims of the ID token (cognito-facts, section 9). */
export const ID_TOKEN: readonly Behavior[] = [
  seen('first', 'Its first member', (claims) => [...claims.keys()][0] ?? 'none', {
    cognito: 'at_hash',
    source: 'obs: token of Dec 2025',
  }),
  seen(
    'order',
    'The order of the claims that every user has',
    (claims) => [...claims.keys()].filter((name) => ALWAYS.has(name)).join(', '),
    {
      cognito:
        'at_hash, sub, iss, cognito:username, origin_jti, aud, token_use, auth_time, exp, iat, jti',
      source: 'the facts record only the first',
      standing: unconfirmed,
    },
  ),
  behavior({
    id: 'id-token/all',
    ask: 'All claims of a user with a name, a phone number, an email address and a group, in alphabetical order',
    cognito:
      'at_hash, aud, auth_time, cognito:groups, cognito:username, email, email_verified, exp, iat, iss, jti, name, nonce, origin_jti, phone_number, phone_number_verified, sub, token_use',
    source: 'obs: token of Dec 2025; dg: ID token',
    needs: 'control',
    observe: async (target) => {
      const { id_token } = await target.freshTokens({ nonce: 'the-nonce' });
      return [...claimsIn(id_token).keys()].sort().join(', ');
    },
  }),
  behavior({
    id: 'id-token/at-hash',
    ask: 'Whether `at_hash` is half of the SHA-256 hash of the access token',
    cognito: 'yes',
    source: 'oidc core, 3.1.3.6',
    needs: 'sign-in',
    observe: async (target) => {
      const { id_token, access_token } = await target.tokens();
      const half = createHash('sha256').update(access_token).digest().subarray(0, 16);
      return claimsIn(id_token).get('at_hash') === half.toString('base64url') ? 'yes' : 'no';
    },
  }),
  seen(
    'aud',
    '`aud`',
    (claims, { clientId }) =>
      claims.get('aud') === clientId ? 'the client ID, a string' : 'something else',
    { cognito: 'the client ID, a string' },
  ),
  behavior({
    id: 'id-token/aud-with-resource',
    ask: '`aud` if a `resource` was requested',
    cognito: 'the client ID',
    source: 'dg: authorize',
    needs: 'sign-in',
    observe: async (target) => {
      const { id_token } = await target.freshTokens({ resource: 'https://api.example.com' });
      return claimsIn(id_token).get('aud') === target.clientId ? 'the client ID' : 'another';
    },
  }),
  seen(
    'token-use',
    '`token_use`',
    (claims) => JSON.stringify(claims.get('token_use')) ?? 'absent',
    { cognito: '"id"' },
  ),
  seen('username', '`cognito:username`', (claims) => typeof claims.get('cognito:username'), {
    cognito: 'string',
  }),
  seen(
    'not-there',
    'Claims that only the access token has: `client_id`, `scope`, `username`, `version`',
    (claims) => {
      const names = ['client_id', 'scope', 'username', 'version'];
      return names.filter((name) => claims.has(name)).join(', ') || 'absent';
    },
    { cognito: 'absent', source: 'obs: token of Dec 2025' },
  ),
  seen(
    'no-nonce',
    '`nonce` if none was sent',
    (claims) => {
      return claims.has('nonce') ? 'present' : 'absent';
    },
    { cognito: 'absent', source: 'dg: ID token; federated users always get one' },
  ),
];
