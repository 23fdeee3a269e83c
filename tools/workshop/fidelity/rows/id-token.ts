import { createHash } from 'node:crypto';
import { type Behaviour, behaviour, unconfirmed } from '../behaviour';
import { claimsIn } from '../wire';
import { rowsOn } from './seen-in-token';

const seen = rowsOn('id_token');

/** Of every user, however the attributes are. */
const ALWAYS = new Set([
  ...['at_hash', 'sub', 'iss', 'cognito:username', 'origin_jti', 'aud', 'token_use'],
  ...['auth_time', 'exp', 'iat', 'jti'],
]);

/** The claims of the ID token (cognito-facts, section 9). */
export const ID_TOKEN: readonly Behaviour[] = [
  seen('first', 'Its first member', (claims) => [...claims.keys()][0] ?? 'none', {
    cognito: 'at_hash',
    source: 'obs: token of Dec 2025',
  }),
  seen(
    'order',
    'The order of the claims that everybody has',
    (claims) => [...claims.keys()].filter((name) => ALWAYS.has(name)).join(', '),
    {
      cognito:
        'at_hash, sub, iss, cognito:username, origin_jti, aud, token_use, auth_time, exp, iat, jti',
      source: 'the facts record the first only',
      standing: unconfirmed,
    },
  ),
  behaviour({
    id: 'id-token/all',
    ask: 'All of its claims, of somebody with name, phone, e-mail and a group, in alphabetical order',
    cognito:
      'at_hash, aud, auth_time, cognito:groups, cognito:username, email, email_verified, exp, iat, iss, jti, name, nonce, origin_jti, phone_number, phone_number_verified, sub, token_use',
    source: 'obs: token of Dec 2025; dg: ID token',
    needs: 'control',
    observe: async (target) => {
      const { id_token } = await target.freshTokens({ nonce: 'the-nonce' });
      return [...claimsIn(id_token).keys()].sort().join(', ');
    },
  }),
  behaviour({
    id: 'id-token/at-hash',
    ask: '`at_hash`: half of the SHA-256 of the access token that came with it',
    cognito: 'that',
    source: 'oidc core, 3.1.3.6',
    needs: 'sign-in',
    observe: async (target) => {
      const { id_token, access_token } = await target.tokens();
      const half = createHash('sha256').update(access_token).digest().subarray(0, 16);
      return claimsIn(id_token).get('at_hash') === half.toString('base64url') ? 'that' : 'another';
    },
  }),
  seen(
    'aud',
    '`aud`',
    (claims, { clientId }) => (claims.get('aud') === clientId ? 'the client id, a string' : 'else'),
    { cognito: 'the client id, a string' },
  ),
  behaviour({
    id: 'id-token/aud-with-resource',
    ask: '`aud` when a `resource` was asked for',
    cognito: 'the client id',
    source: 'dg: authorize',
    needs: 'sign-in',
    observe: async (target) => {
      const { id_token } = await target.freshTokens({ resource: 'https://api.example.com' });
      return claimsIn(id_token).get('aud') === target.clientId ? 'the client id' : 'another';
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
    'What only the access token has: `client_id`, `scope`, `username`, `version`',
    (claims) => {
      const names = ['client_id', 'scope', 'username', 'version'];
      return names.filter((name) => claims.has(name)).join(', ') || 'absent';
    },
    { cognito: 'absent', source: 'obs: token of Dec 2025' },
  ),
  seen(
    'no-nonce',
    '`nonce` when none was sent',
    (claims) => {
      return claims.has('nonce') ? 'there' : 'absent';
    },
    { cognito: 'absent', source: 'dg: ID token; federated users get one all the same' },
  ),
];
