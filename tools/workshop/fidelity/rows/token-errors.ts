import { answer } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Changes, Target } from '../target';
import { basicHeader } from '../wire';
import {
  INVALID_CLIENT,
  INVALID_GRANT,
  INVALID_REQUEST,
  outcome,
  UNAUTHORIZED_CLIENT,
} from './outcome';

const NO_CODE = '00000000-0000-4000-8000-000000000000';
const WRONG = 'not-the-secret';

/** One request with a code that was never issued, with changes. No sign-in is needed. */
function refused(
  id: string,
  ask: string,
  changes: Changes,
  row: Pick<Behavior, 'cognito'> & Partial<Behavior>,
): Behavior {
  return behavior({
    source: 'dg: token',
    ...row,
    id: `token/${id}`,
    ask,
    observe: async (target) => await outcome(target, await target.redeem(NO_CODE, changes)),
  });
}

/** The same with another client authentication, or none. */
function unauthenticated(
  id: string,
  ask: string,
  more: (target: Target) => { form: Changes; headers?: Record<string, string> },
  row: Partial<Behavior> = {},
): Behavior {
  return behavior({
    cognito: `${INVALID_CLIENT}, no WWW-Authenticate`,
    source: 'dg: token',
    ...row,
    id: `token/${id}`,
    ask,
    observe: async (target) => {
      const { form, headers = {} } = more(target);
      const { redirectUri } = target;
      const good = { grant_type: 'authorization_code', code: NO_CODE, redirect_uri: redirectUri };
      const response = await target.post('/oauth2/token', { ...good, ...form }, headers);
      const challenge = response.headers.has('www-authenticate') ? 'with' : 'no';
      return `${await outcome(target, response)}, ${challenge} WWW-Authenticate`;
    },
  });
}

/** POST /oauth2/token: its errors, except those of a real code (cognito-facts, section 4). */
export const TOKEN_ERRORS: readonly Behavior[] = [
  refused('no-grant-type', 'No `grant_type`', { grant_type: null }, { cognito: INVALID_REQUEST }),
  refused('no-code', 'No `code`', { code: null }, { cognito: INVALID_REQUEST }),
  behavior({
    id: 'token/no-redirect-uri',
    ask: 'No `redirect_uri`, with a valid code',
    cognito: INVALID_REQUEST,
    source: 'dg: token',
    needs: 'sign-in',
    observe: async (target) => {
      return await outcome(
        target,
        await target.redeem(await target.code(), { redirect_uri: null }),
      );
    },
  }),
  refused(
    'odd-grant-type',
    '`grant_type=password`',
    { grant_type: 'password' },
    { cognito: '400 {"error":"unsupported_grant_type"}' },
  ),
  refused(
    'client-credentials',
    '`client_credentials` from a client that may use only the code flow',
    { grant_type: 'client_credentials' },
    { cognito: UNAUTHORIZED_CLIENT, traits: ['confidential'] },
  ),
  behavior({
    id: 'token/no-code-flow',
    ask: 'A code of a client that may no longer use the code flow',
    cognito: UNAUTHORIZED_CLIENT,
    source: 'dg: token',
    needs: 'control',
    observe: async (target) => {
      const code = await target.code();
      controlOf(target).changeClient({ codeFlow: false });
      return await outcome(target, await target.redeem(code));
    },
  }),
  refused('unknown-code', 'A code that was never issued', {}, { cognito: INVALID_GRANT }),
  refused('odd-code', 'A code that is not a UUID', { code: 'x' }, { cognito: INVALID_GRANT }),

  unauthenticated(
    'no-client',
    'No client: neither a header nor a `client_id`',
    () => ({ form: {} }),
    {
      cognito: `${INVALID_REQUEST}, no WWW-Authenticate`,
    },
  ),
  unauthenticated('unknown-client', 'An unknown `client_id`', () => ({
    form: { client_id: 'nobodyknowsthisclient0000' },
  })),
  unauthenticated(
    'wrong-basic',
    'A wrong secret in a Basic header: not 401',
    ({ clientId }) => ({ form: {}, headers: basicHeader(clientId, WRONG) }),
    { traits: ['confidential'] },
  ),
  unauthenticated(
    'wrong-body',
    'A wrong secret in the body',
    ({ clientId }) => ({ form: { client_id: clientId, client_secret: WRONG } }),
    { traits: ['confidential'] },
  ),
  unauthenticated(
    'missing-secret',
    'No secret from a client that has one',
    ({ clientId }) => ({ form: { client_id: clientId } }),
    { traits: ['confidential'] },
  ),
  unauthenticated(
    'public-with-secret',
    'A secret from a client that has none',
    ({ clientId }) => ({ form: { client_id: clientId, client_secret: WRONG } }),
    {
      source: 'facts, section 4: or `unauthorized_client`',
      standing: unconfirmed,
      traits: ['public'],
    },
  ),
  unauthenticated(
    'other-scheme',
    'An `Authorization` header with another scheme',
    ({ clientId }) => ({ form: { client_id: clientId }, headers: { authorization: 'Bearer x' } }),
    { source: 'not in the facts', standing: unconfirmed },
  ),

  behavior({
    id: 'token/get',
    ask: 'A GET request',
    cognito: '405 {"error":"invalid_request"}',
    source: 'dg: token does not give the status',
    standing: unconfirmed,
    observe: async (target) => await answer(target, await target.get('/oauth2/token')),
  }),
  behavior({
    id: 'token/json',
    ask: 'A JSON body instead of a form',
    cognito: INVALID_REQUEST,
    source: 'dg: token does not give the error',
    standing: unconfirmed,
    observe: async (target) => {
      const { clientId, clientSecret, redirectUri: redirect_uri } = target;
      const body = { grant_type: 'authorization_code', code: NO_CODE, redirect_uri };
      const authentication = clientSecret === undefined ? {} : basicHeader(clientId, clientSecret);
      const request = new Request(`${target.domain}/oauth2/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authentication },
        body: JSON.stringify({ ...body, client_id: clientId }),
      });
      return await outcome(target, await target.fetch(request));
    },
  }),
];
