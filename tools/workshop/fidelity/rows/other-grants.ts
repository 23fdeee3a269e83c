import type { AppClient } from '@/lib/local-pool/src/settings';
import { answer } from '../answer';
import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Changes, Target } from '../target';
import { claimsIn, membersOf } from '../wire';

const IMPLICIT = { implicitFlow: true };
const MACHINE = { clientCredentialsFlow: true, scopes: ['openid', 'orders/read', 'orders/write'] };

function changeClient(target: Target, changes: Partial<AppClient>): void {
  controlOf(target).changeClient(changes, target.clientId);
}

/** The fragment of the callback URL after `response_type=token`. */
async function fragment(target: Target, changes: Changes = {}): Promise<URLSearchParams> {
  await target.code();
  changeClient(target, IMPLICIT);
  const response = await target.authorizeAgain({ response_type: 'token', ...changes });
  return new URLSearchParams((response.headers.get('location') ?? '').split('#')[1] ?? '');
}

function implicit(
  id: string,
  ask: string,
  cognito: string,
  observe: (target: Target) => Promise<string>,
): Behavior {
  return behavior({
    id: `implicit/${id}`,
    ask,
    cognito,
    source: 'dg: authorize',
    needs: 'control',
    observe,
  });
}

function machine(
  id: string,
  ask: string,
  cognito: string,
  observe: (target: Target) => Promise<string>,
  row: Partial<Behavior> = {},
): Behavior {
  return behavior({
    source: 'dg: token; dg: access token',
    needs: 'control',
    traits: ['confidential'],
    ...row,
    id: `machine/${id}`,
    ask,
    cognito,
    observe: async (target) => {
      changeClient(target, MACHINE);
      return await observe(target);
    },
  });
}

/** A `client_credentials` request to the token endpoint. */
function asked(target: Target, form: Changes = {}): Promise<Response> {
  return target.token({ grant_type: 'client_credentials', ...form });
}

/** Grants other than the authorization code (cognito-facts, sections 2, 4 and 9). */
export const OTHER_GRANTS: readonly Behavior[] = [
  implicit(
    'fragment',
    'The parameters in the fragment for `response_type=token`',
    'id_token, access_token, token_type, expires_in, state',
    async (target) => [...(await fragment(target)).keys()].join(', '),
  ),
  implicit(
    'no-openid',
    'The same without `openid`',
    'access_token, token_type, expires_in, state',
    async (target) => {
      const scope = 'aws.cognito.signin.user.admin';
      return [...(await fragment(target, { scope })).keys()].join(', ');
    },
  ),
  implicit('values', '`token_type` and `expires_in`', 'bearer, 3600', async (target) => {
    const answered = await fragment(target);
    return `${answered.get('token_type')}, ${answered.get('expires_in')}`;
  }),
  machine(
    'answer',
    'The members of the response to `client_credentials`',
    'access_token, expires_in, token_type',
    async (target) => [...membersOf(await (await asked(target)).json()).keys()].join(', '),
  ),
  machine(
    'claims',
    'Its access token: `sub` is the client, without a `username`',
    'sub: <client>, username: none, scope: orders/read',
    async (target) => {
      const answered = membersOf(await (await asked(target, { scope: 'orders/read' })).json());
      const claims = claimsIn(String(answered.get('access_token')));
      const sub = claims.get('sub') === target.clientId ? '<client>' : 'another';
      return `sub: ${sub}, username: ${claims.get('username') ?? 'none'}, scope: ${claims.get('scope')}`;
    },
  ),
  machine(
    'all-scopes',
    'The scopes if none was requested: all of the resource servers, none of a user',
    'orders/read orders/write',
    async (target) => {
      const answered = membersOf(await (await asked(target)).json());
      return String(claimsIn(String(answered.get('access_token'))).get('scope'));
    },
    { standing: unconfirmed },
  ),
  machine(
    'scope',
    'A scope that the client may not request',
    '400 {"error":"invalid_scope"}',
    async (target) => await answer(target, await asked(target, { scope: 'orders/delete' })),
  ),
  behavior({
    id: 'machine/not-allowed',
    ask: '`client_credentials` from a client without that flow',
    cognito: '400 {"error":"unauthorized_client"}',
    source: 'dg: token',
    needs: 'control',
    observe: async (target) => await answer(target, await asked(target)),
  }),
];
