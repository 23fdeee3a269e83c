import { answer, pageSays } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import type { Changes, Target } from '../target';

const MISSING_REDIRECT = "Required String parameter 'redirect_uri' is not present";
const MISSING_CLIENT = "Required String parameter 'client_id' is not present";

function logoutOf(target: Target, more: Changes) {
  const query = new URLSearchParams({ client_id: target.clientId });
  for (const [name, value] of Object.entries(more)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return target.get(`/logout?${query}`);
}

/** One request to /logout without a hosted session. */
function left(
  id: string,
  ask: string,
  more: (target: Target) => Changes,
  row: Pick<Behavior, 'cognito'> & Partial<Behavior>,
): Behavior {
  return behavior({
    source: 'dg: logout',
    ...row,
    id: `logout/${id}`,
    ask,
    observe: async (target) => await answer(target, await logoutOf(target, more(target))),
  });
}

/** A request that leads to a page with an error about a missing parameter. */
function missed(id: string, ask: string, more: (target: Target) => Changes, text: string) {
  return behavior({
    id: `logout/${id}`,
    ask,
    cognito: `400 "${text}"`,
    source: 'obs',
    observe: async (target) => await pageSays(await logoutOf(target, more(target)), text),
  });
}

/** GET /logout (cognito-facts, section 7). */
export const LOGOUT: readonly Behavior[] = [
  left('logout-uri', 'A registered `logout_uri`', (t) => ({ logout_uri: t.logoutUri }), {
    cognito: '302 <logout uri>',
  }),
  left(
    'state',
    'The same with a `state`: nothing is appended',
    (t) => ({ logout_uri: t.logoutUri, state: 'kept' }),
    { cognito: '302 <logout uri>' },
  ),
  left(
    'both',
    'Both a `logout_uri` and a `redirect_uri`',
    (t) => ({ logout_uri: t.logoutUri, redirect_uri: t.redirectUri, response_type: 'code' }),
    { cognito: '302 <logout uri>' },
  ),
  left(
    'again',
    'A `redirect_uri` and a `response_type`: a redirect to the sign-in page, with all scopes',
    (t) => ({ redirect_uri: t.redirectUri, response_type: 'code', state: 'kept' }),
    {
      cognito:
        '302 <domain>/login?client_id=<client>&redirect_uri=<callback>&response_type=code&scope=<scopes>&state=kept',
    },
  ),
  left(
    'again-pkce',
    'The same with PKCE and a provider, which are not passed on',
    (t) => ({
      redirect_uri: t.redirectUri,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'x',
      code_challenge_method: 'S256',
      identity_provider: 'COGNITO',
    }),
    {
      cognito:
        '302 <domain>/login?client_id=<client>&redirect_uri=<callback>&response_type=code&scope=openid',
    },
  ),
  left(
    'again-mismatch',
    'A `redirect_uri` that is not a registered callback URL',
    (t) => ({ redirect_uri: `${t.redirectUri}/x`, response_type: 'code' }),
    {
      cognito: '302 <domain>/error?client_id=<client>&error=redirect_mismatch',
      standing: unconfirmed,
      source: 'facts, section 7',
    },
  ),
  missed(
    'unregistered',
    'A `logout_uri` with an extra slash, which is ignored',
    (t) => ({ logout_uri: `${t.logoutUri}/` }),
    MISSING_REDIRECT,
  ),
  missed('client-alone', 'Only a `client_id`', () => ({}), MISSING_REDIRECT),
  missed('no-client', 'No `client_id`', () => ({ client_id: null }), MISSING_CLIENT),
  missed(
    'rp-initiated',
    '`post_logout_redirect_uri`, as in OpenID Connect, which Cognito does not know',
    (t) => ({ post_logout_redirect_uri: t.logoutUri, id_token_hint: 'x' }),
    MISSING_REDIRECT,
  ),
];
