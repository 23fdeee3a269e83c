import { answer } from '../answer';
import { type Behaviour, behaviour, unconfirmed } from '../behaviour';
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

/** One request with a code that never was, changed; it needs nobody. */
function refused(
  id: string,
  ask: string,
  changes: Changes,
  row: Pick<Behaviour, 'cognito'> & Partial<Behaviour>,
): Behaviour {
  return behaviour({
    source: 'dg: token',
    ...row,
    id: `token/${id}`,
    ask,
    observe: async (target) => await outcome(target, await target.redeem(NO_CODE, changes)),
  });
}

/** The same with another authentication, or none. */
function unauthenticated(
  id: string,
  ask: string,
  more: (target: Target) => { form: Changes; headers?: Record<string, string> },
  row: Partial<Behaviour> = {},
): Behaviour {
  return behaviour({
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

/** POST /oauth2/token: its errors, but those of a real code (cognito-facts, section 4). */
export const TOKEN_ERRORS: readonly Behaviour[] = [
  refused('no-grant-type', 'No `grant_type`', { grant_type: null }, { cognito: INVALID_REQUEST }),
  refused('no-code', 'No `code`', { code: null }, { cognito: INVALID_REQUEST }),
  behaviour({
    id: 'token/no-redirect-uri',
    ask: 'No `redirect_uri`, with a good code',
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
    'The `grant_type` `password`',
    { grant_type: 'password' },
    { cognito: '400 {"error":"unsupported_grant_type"}' },
  ),
  refused(
    'client-credentials',
    '`client_credentials` of a client for codes',
    { grant_type: 'client_credentials' },
    { cognito: UNAUTHORIZED_CLIENT, traits: ['confidential'] },
  ),
  behaviour({
    id: 'token/no-code-flow',
    ask: 'A code of a client that may use codes no more',
    cognito: UNAUTHORIZED_CLIENT,
    source: 'dg: token',
    needs: 'control',
    observe: async (target) => {
      const code = await target.code();
      controlOf(target).changeClient({ codeFlow: false });
      return await outcome(target, await target.redeem(code));
    },
  }),
  refused('unknown-code', 'A code that never was', {}, { cognito: INVALID_GRANT }),
  refused('odd-code', 'A code that is no UUID', { code: 'x' }, { cognito: INVALID_GRANT }),

  unauthenticated('no-client', 'Nobody: neither a header nor a `client_id`', () => ({ form: {} }), {
    cognito: `${INVALID_REQUEST}, no WWW-Authenticate`,
  }),
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
    'No secret, of a client that has one',
    ({ clientId }) => ({ form: { client_id: clientId } }),
    { traits: ['confidential'] },
  ),
  unauthenticated(
    'public-with-secret',
    'A secret, of a client that has none',
    ({ clientId }) => ({ form: { client_id: clientId, client_secret: WRONG } }),
    {
      source: 'facts, section 4: or `unauthorized_client`',
      standing: unconfirmed,
      traits: ['public'],
    },
  ),
  unauthenticated(
    'other-scheme',
    'An `Authorization` header of another scheme',
    ({ clientId }) => ({ form: { client_id: clientId }, headers: { authorization: 'Bearer x' } }),
    { source: 'facts name none', standing: unconfirmed },
  ),

  behaviour({
    id: 'token/get',
    ask: 'GET',
    cognito: '405 {"error":"invalid_request"}',
    source: 'dg: token names no status',
    standing: unconfirmed,
    observe: async (target) => await answer(target, await target.get('/oauth2/token')),
  }),
  behaviour({
    id: 'token/json',
    ask: 'A JSON body instead of a form',
    cognito: INVALID_REQUEST,
    source: 'dg: token names no error',
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
