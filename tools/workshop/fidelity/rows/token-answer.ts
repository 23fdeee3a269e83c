import { type Behavior, behavior, CannotShow, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Target } from '../target';
import { basicHeader, claimsIn, membersOf } from '../wire';
import { outcome } from './outcome';

async function redeemed(target: Target): Promise<Response> {
  return await target.redeem(await target.code());
}

/** POST /oauth2/token: the response to a code (cognito-facts, section 4). */
export const TOKEN_ANSWER: readonly Behavior[] = [
  behavior({
    id: 'token/members',
    ask: 'The members of the response, in order, without `scope`',
    cognito: 'id_token, access_token, refresh_token, expires_in, token_type',
    source: 'obs: token response of 2025',
    needs: 'sign-in',
    observe: async (target) => {
      return [...membersOf(await (await redeemed(target)).json()).keys()].join(', ');
    },
  }),
  behavior({
    id: 'token/types',
    ask: 'Their types',
    cognito: 'string, string, string, number, "Bearer"',
    source: 'dg: token',
    needs: 'sign-in',
    observe: async (target) => {
      const members = membersOf(await (await redeemed(target)).json());
      const type = members.get('token_type') === 'Bearer' ? '"Bearer"' : 'another word';
      const names = ['id_token', 'access_token', 'refresh_token', 'expires_in'];
      return [...names.map((name) => typeof members.get(name)), type].join(', ');
    },
  }),
  behavior({
    id: 'token/content-type',
    ask: 'Its status and content type',
    cognito: '200 application/json;charset=UTF-8',
    source: 'obs',
    needs: 'sign-in',
    observe: async (target) => {
      const { status, headers } = await redeemed(target);
      return `${status} ${headers.get('content-type')}`;
    },
  }),
  behavior({
    id: 'token/cache-control',
    ask: 'Whether a cache may store it',
    cognito: 'no-store',
    source: 'obs; rfc 6749, 5.1',
    needs: 'sign-in',
    observe: async (target) => {
      const { headers } = await redeemed(target);
      return headers.get('cache-control')?.includes('no-store') ? 'no-store' : 'it may be stored';
    },
  }),
  behavior({
    id: 'token/expires-in',
    ask: '`expires_in`',
    cognito: "the access token's lifetime",
    source: 'dg: token',
    needs: 'sign-in',
    observe: async (target) => {
      const { access_token, expires_in } = await target.tokens();
      const claims = claimsIn(access_token);
      const lifetime = Number(claims.get('exp')) - Number(claims.get('iat'));
      return expires_in === lifetime ? "the access token's lifetime" : 'something else';
    },
  }),
  behavior({
    id: 'token/lives',
    ask: '`expires_in`, and `exp` - `iat` of both tokens, for an access token of 300 s and an ID token of 600 s',
    cognito: '300, 300, 600',
    source: 'dg: token',
    needs: 'control',
    observe: async (target) => {
      controlOf(target).setLifetimes({ access: 300, id: 600 });
      const tokens = await target.freshTokens();
      const lifetimes = [tokens.access_token, tokens.id_token].map((token) => {
        const claims = claimsIn(token);
        return Number(claims.get('exp')) - Number(claims.get('iat'));
      });
      return [tokens.expires_in, ...lifetimes].join(', ');
    },
  }),
  behavior({
    id: 'token/without-openid',
    ask: 'The members without the scope `openid`',
    cognito: 'access_token, refresh_token, expires_in, token_type',
    source: 'dg: token',
    needs: 'sign-in',
    observe: async (target) => {
      const scope = scopeBesideOpenid(target);
      const response = await target.redeem(await target.code({ scope }));
      return [...membersOf(await response.json()).keys()].join(', ');
    },
  }),

  behavior({
    id: 'token/basic',
    ask: 'Client ID and secret in a Basic header, form-encoded',
    cognito: 'tokens',
    source: 'dg: token',
    needs: 'sign-in',
    traits: ['confidential'],
    observe: async (target) => {
      const header = basicHeader(target.clientId, target.clientSecret ?? '');
      return await outcome(target, await target.token(await goodForm(target), header));
    },
  }),
  behavior({
    id: 'token/body',
    ask: 'Client ID and secret in the body',
    cognito: 'tokens',
    source: 'dg: token',
    needs: 'sign-in',
    traits: ['confidential'],
    observe: async (target) => {
      const { clientId, clientSecret = '' } = target;
      const form = {
        ...(await goodForm(target)),
        client_id: clientId,
        client_secret: clientSecret,
      };
      return await outcome(target, await target.token(form, {}));
    },
  }),
  behavior({
    id: 'token/basic-and-client-id',
    ask: 'A Basic header, and the same `client_id` in the body',
    cognito: 'tokens',
    source: 'not in the facts',
    standing: unconfirmed,
    needs: 'sign-in',
    traits: ['confidential'],
    observe: async (target) => {
      const form = { ...(await goodForm(target)), client_id: target.clientId };
      return await outcome(target, await target.token(form));
    },
  }),
  behavior({
    id: 'token/public',
    ask: 'Only the `client_id`, in the body',
    cognito: 'tokens',
    source: 'dg: token',
    needs: 'sign-in',
    traits: ['public'],
    observe: async (target) => {
      const form = { ...(await goodForm(target)), client_id: target.clientId };
      return await outcome(target, await target.token(form, {}));
    },
  }),
  behavior({
    id: 'token/empty-secret',
    ask: 'The same with an empty `client_secret=`',
    cognito: 'tokens',
    source: 'obs',
    needs: 'sign-in',
    traits: ['public'],
    observe: async (target) => {
      return await outcome(target, await target.redeem(await target.code(), { client_secret: '' }));
    },
  }),
];

async function goodForm(target: Target): Promise<Record<string, string>> {
  const code = await target.code();
  return { grant_type: 'authorization_code', code, redirect_uri: target.redirectUri };
}

/** A scope that may be requested by itself: scopes of claims require `openid`. */
function scopeBesideOpenid(target: Target): string {
  const claims = ['openid', 'email', 'phone', 'profile'];
  const scope = target.scopes.find((one) => !claims.includes(one));
  if (scope === undefined) throw new CannotShow('the app client has only scopes of claims');
  return scope;
}
