import { answer } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { anotherClient } from '../other-targets';
import type { Target } from '../target';
import { basicHeader, type Tokens } from '../wire';
import { outcome } from './outcome';
import { verified } from './verified';

const DONE = '200 empty';
const INVALID_CLIENT = '401 {"error":"invalid_client"}';
const INVALID_REQUEST = '400 {"error":"invalid_request"}';
const WRONG_TYPE = '400 {"error":"unsupported_token_type"}';

/** A token that the client revokes with the right authentication. */
function revoked(
  id: string,
  ask: string,
  token: string | ((tokens: Tokens) => string),
  row: Pick<Behavior, 'cognito'> & Partial<Behavior>,
): Behavior {
  return behavior({
    source: 'dg: revoke',
    needs: typeof token === 'string' ? 'outside' : 'sign-in',
    ...row,
    id: `revoke/${id}`,
    ask,
    observe: async (target) => {
      const sent = typeof token === 'string' ? token : token(await target.tokens());
      return await answer(target, await target.revoke(sent));
    },
  });
}

/** Garbage that is sent with various client authentications. */
function sentBy(
  id: string,
  ask: string,
  who: (target: Target) => { form?: Record<string, string>; headers?: Record<string, string> },
  row: Partial<Behavior> = {},
): Behavior {
  return behavior({
    cognito: INVALID_CLIENT,
    source: 'dg: revoke',
    ...row,
    id: `revoke/${id}`,
    ask,
    observe: async (target) => {
      const { form = {}, headers = {} } = who(target);
      const response = await target.post('/oauth2/revoke', { token: 'garbage', ...form }, headers);
      return await answer(target, response);
    },
  });
}

/** What can be observed after a refresh token was revoked. */
function afterwards(
  id: string,
  ask: string,
  see: (target: Target, tokens: Tokens) => Promise<string>,
  row: Pick<Behavior, 'cognito'> & Partial<Behavior>,
): Behavior {
  return behavior({
    source: 'dg: token revocation',
    needs: 'sign-in',
    ...row,
    id: `revoke/${id}`,
    ask,
    observe: async (target) => {
      const tokens = await target.freshTokens();
      await target.revoke(tokens.refresh_token);
      return await see(target, tokens);
    },
  });
}

/** POST /oauth2/revoke (cognito-facts, section 6). Refreshes after a revocation are in `refresh.ts`. */
export const REVOKE: readonly Behavior[] = [
  behavior({
    id: 'revoke/twice',
    ask: 'The same refresh token twice',
    cognito: `${DONE}, ${DONE}`,
    source: 'dg: revoke',
    needs: 'sign-in',
    observe: async (target) => {
      const { refresh_token } = await target.freshTokens();
      const first = await answer(target, await target.revoke(refresh_token));
      return `${first}, ${await answer(target, await target.revoke(refresh_token))}`;
    },
  }),
  revoked('garbage', 'Garbage', 'garbage', { cognito: DONE }),
  revoked('five-parts', 'Garbage with five parts', 'a.b.c.d.e', { cognito: DONE }),
  revoked('no-token', 'No `token`', '', { cognito: INVALID_REQUEST }),
  revoked('access-token', 'An access token', ({ access_token }) => access_token, {
    cognito: WRONG_TYPE,
  }),
  revoked('id-token', 'An ID token', ({ id_token }) => id_token, { cognito: WRONG_TYPE }),
  behavior({
    id: 'revoke/switched-off',
    ask: 'A refresh token of a client without revocation',
    cognito: INVALID_REQUEST,
    source: 'dg: revoke',
    needs: 'control',
    observe: async (target) => {
      controlOf(target).changeClient({ tokenRevocation: false });
      const { refresh_token } = await target.freshTokens();
      return await answer(target, await target.revoke(refresh_token));
    },
  }),
  behavior({
    id: 'revoke/another-client',
    ask: "Another client's refresh token, and a refresh with it afterwards",
    cognito: `${DONE}, tokens`,
    source: 'not in the facts',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      const { refresh_token } = await target.freshTokens();
      const said = await answer(target, await anotherClient(target).revoke(refresh_token));
      return `${said}, ${await outcome(target, await target.refresh(refresh_token))}`;
    },
  }),

  sentBy(
    'body-secret',
    'The right secret in the body, although discovery lists `client_secret_post`',
    ({ clientId, clientSecret = '' }) => ({
      form: { client_id: clientId, client_secret: clientSecret },
    }),
    { source: 'obs: live 2026-09-27', traits: ['confidential'] },
  ),
  sentBy(
    'basic',
    'The same in a Basic header',
    ({ clientId, clientSecret = '' }) => ({ headers: basicHeader(clientId, clientSecret) }),
    { cognito: DONE, source: 'obs: live 2026-09-27', traits: ['confidential'] },
  ),
  sentBy(
    'wrong-secret',
    'A wrong secret in a Basic header',
    ({ clientId }) => ({ headers: basicHeader(clientId, 'not-the-secret') }),
    { traits: ['confidential'] },
  ),
  sentBy(
    'no-secret',
    'No secret from a client that has one',
    ({ clientId }) => ({ form: { client_id: clientId } }),
    { traits: ['confidential'] },
  ),
  sentBy('public', 'Only a `client_id`', ({ clientId }) => ({ form: { client_id: clientId } }), {
    cognito: DONE,
    traits: ['public'],
  }),
  sentBy('unknown-client', 'An unknown `client_id`', () => ({
    form: { client_id: 'nobodyknowsthisclient0000' },
  })),
  sentBy('nobody', 'Neither a header nor a `client_id`', () => ({}), {
    source: 'not in the facts',
    standing: unconfirmed,
  }),
  behavior({
    id: 'revoke/get',
    ask: 'A GET request',
    cognito: '405 {"error":"invalid_request"}',
    source: 'not in the facts',
    standing: unconfirmed,
    observe: async (target) => await answer(target, await target.get('/oauth2/revoke')),
  }),

  afterwards(
    'user-info',
    'userInfo with the access token of the same sign-in, after the revocation',
    async (target, { access_token }) => String((await target.userInfo(access_token)).status),
    { cognito: '401' },
  ),
  afterwards(
    'offline',
    'Both tokens of the same sign-in, verified offline after the revocation',
    verified,
    {
      cognito: 'verified, verified',
    },
  ),
  afterwards(
    'hosted-session',
    'The hosted session after the revocation',
    async (target) => {
      const location = (await target.authorizeAgain()).headers.get('location') ?? '';
      return /[?&]code=/.test(location) ? 'still issues codes' : 'ended';
    },
    { cognito: 'still issues codes', source: 'dg: revoke' },
  ),
  behavior({
    id: 'revoke/other-sign-ins',
    ask: 'The refresh token of another sign-in of the same user, after the revocation',
    cognito: 'tokens',
    source: 'dg: revoke',
    needs: 'sign-in',
    observe: async (target) => {
      const other = await target.freshTokens();
      await target.revoke((await target.freshTokens()).refresh_token);
      return await outcome(target, await target.refresh(other.refresh_token));
    },
  }),
];
