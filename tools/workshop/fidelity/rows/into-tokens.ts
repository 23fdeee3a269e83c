import { answer } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { claimsIn, tokensIn } from '../wire';

const API = 'https://api.example.com';

/** A `resource` that is not valid. */
function badResource(id: string, ask: string, query: string): Behavior {
  return behavior({
    id: `authorize/${id}`,
    ask,
    cognito: '302 <callback>?error=invalid_request&state=<state>',
    source: 'dg: authorize does not give the error',
    standing: unconfirmed,
    observe: async (target) => {
      const path = `/oauth2/authorize?${target.authorizeQuery()}&${query}`;
      return await answer(target, await target.get(path));
    },
  });
}

/** GET /oauth2/authorize: parameters that reach the tokens (cognito-facts, section 2). */
export const INTO_TOKENS: readonly Behavior[] = [
  badResource('resource-http', 'A `resource` over http', 'resource=http%3A%2F%2Fapi.example.com'),
  badResource('resource-word', 'A `resource` that is not a URL', 'resource=api'),
  badResource(
    'resource-twice',
    'Two `resource`s',
    `resource=${encodeURIComponent(API)}&resource=${encodeURIComponent(`${API}/2`)}`,
  ),
  behavior({
    id: 'authorize/resource',
    ask: 'The `aud` of the access token for a `resource`, before and after a refresh',
    cognito: `${API}, ${API}`,
    source: 'dg: authorize',
    needs: 'sign-in',
    observe: async (target) => {
      const tokens = await target.freshTokens({ resource: API });
      const refreshed = await tokensIn(await target.refresh(tokens.refresh_token));
      return [tokens, refreshed].map((set) => claimsIn(set.access_token).get('aud')).join(', ');
    },
  }),
  behavior({
    id: 'authorize/nonce',
    ask: 'The `nonce` claim of the ID token',
    cognito: 'as sent',
    source: 'dg: authorize',
    needs: 'sign-in',
    observe: async (target) => {
      const { id_token } = await target.freshTokens({ nonce: 'the-nonce' });
      return claimsIn(id_token).get('nonce') === 'the-nonce' ? 'as sent' : 'another';
    },
  }),
  behavior({
    id: 'authorize/no-scope',
    ask: 'The scopes of the access token without a `scope` in the request',
    cognito: 'all scopes of the client',
    source: 'dg: authorize',
    needs: 'sign-in',
    observe: async (target) => {
      const { access_token } = await target.freshTokens({ scope: null });
      const got = String(claimsIn(access_token).get('scope')).split(' ').sort().join(' ');
      return got === [...target.scopes].sort().join(' ') ? 'all scopes of the client' : got;
    },
  }),
];
