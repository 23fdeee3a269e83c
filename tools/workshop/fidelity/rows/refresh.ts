import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { anotherClient } from '../other-targets';
import type { Target } from '../target';
import { membersOf, type Tokens, tokensIn } from '../wire';
import { INVALID_GRANT, INVALID_REQUEST, outcome, outcomes } from './outcome';

/** The result of a refresh after something was done to the token, the user or the clock. */
function after(
  id: string,
  ask: string,
  what: (target: Target, tokens: Tokens) => unknown,
  row: Partial<Behavior> = {},
): Behavior {
  return behavior({
    cognito: INVALID_GRANT,
    source: 'dg: token',
    needs: 'control',
    ...row,
    id: `refresh/${id}`,
    ask,
    observe: async (target) => {
      const tokens = await target.freshTokens();
      await what(target, tokens);
      return await outcome(target, await target.refresh(tokens.refresh_token));
    },
  });
}

/** A refresh with something that is not a refresh token. */
function refused(
  id: string,
  ask: string,
  token: string,
  row: Pick<Behavior, 'cognito'> & Partial<Behavior>,
): Behavior {
  return behavior({
    source: 'dg: token',
    ...row,
    id: `refresh/${id}`,
    ask,
    observe: async (target) => await outcome(target, await target.refresh(token)),
  });
}

/** POST /oauth2/token with a refresh token, without rotation (cognito-facts, section 5). */
export const REFRESH: readonly Behavior[] = [
  behavior({
    id: 'refresh/members',
    ask: 'The members of the response, without a new `refresh_token`',
    cognito: 'id_token, access_token, expires_in, token_type',
    source: 'dg: token',
    needs: 'sign-in',
    traits: ['no-rotation'],
    observe: async (target) => {
      const { refresh_token } = await target.tokens();
      return [...membersOf(await (await target.refresh(refresh_token)).json()).keys()].join(', ');
    },
  }),
  behavior({
    id: 'refresh/again',
    ask: 'The same refresh token, three times',
    cognito: 'tokens, tokens, tokens',
    source: 'dg: refresh tokens',
    needs: 'sign-in',
    traits: ['no-rotation'],
    observe: async (target) => {
      const { refresh_token } = await target.tokens();
      const first = await target.refresh(refresh_token);
      const second = await target.refresh(refresh_token);
      return await outcomes(target, first, second, await target.refresh(refresh_token));
    },
  }),
  refused('no-token', 'No `refresh_token`', '', { cognito: INVALID_REQUEST }),
  refused('garbage', 'Garbage', 'garbage', { cognito: INVALID_GRANT }),
  refused('five-parts', 'Garbage with five parts', 'a.b.c.d.e', { cognito: INVALID_GRANT }),
  behavior({
    id: 'refresh/access-token',
    ask: 'An access token instead of a refresh token',
    cognito: INVALID_GRANT,
    source: 'rfc 6749, 5.2',
    standing: unconfirmed,
    needs: 'sign-in',
    observe: async (target) => {
      const { access_token } = await target.tokens();
      return await outcome(target, await target.refresh(access_token));
    },
  }),
  behavior({
    id: 'refresh/another-client',
    ask: "Another client's refresh token",
    cognito: INVALID_GRANT,
    source: 'rfc 6749, 5.2',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      const { refresh_token } = await target.freshTokens();
      return await outcome(target, await anotherClient(target).refresh(refresh_token));
    },
  }),

  after(
    'revoked',
    'After its revocation',
    (target, tokens) => target.revoke(tokens.refresh_token),
    {
      source: 'dg: token revocation',
      needs: 'sign-in',
    },
  ),
  after('signed-out-globally', 'After GlobalSignOut or AdminUserGlobalSignOut', (target) => {
    controlOf(target).signOutGlobally(target.username);
  }),
  after('disabled', 'Of a disabled user', (target) => controlOf(target).disable(target.username), {
    source: 'facts, section 4',
    standing: unconfirmed,
  }),
  after(
    'enabled-again',
    'Of a user who was disabled and enabled again',
    (target) => {
      controlOf(target).disable(target.username);
      controlOf(target).enable(target.username);
    },
    { cognito: 'tokens', source: 'not in the facts', standing: unconfirmed },
  ),
  after('removed', 'Of a deleted user', (target) => controlOf(target).remove(target.username), {
    source: 'facts, section 4',
    standing: unconfirmed,
  }),
  after(
    'logout',
    'After `/logout`, which ends only the hosted session',
    async (target) => {
      const query = new URLSearchParams({
        client_id: target.clientId,
        logout_uri: target.logoutUri,
      });
      await target.get(`/logout?${query}`, { cookie: target.jar.cookie(target.domain) });
    },
    { cognito: 'tokens', source: 'dg: logout' },
  ),

  after('default-life', 'One second before 30 days', advanceBy(30 * 24 * 3600 - 1), {
    cognito: 'tokens',
    source: 'dg: quotas',
  }),
  after('end-of-default-life', 'After 30 days', advanceBy(30 * 24 * 3600), {
    source: 'dg: quotas',
  }),
  after(
    'not-sliding',
    'After 30 days, with a refresh after 29, which does not extend it',
    async (target, { refresh_token }) => {
      controlOf(target).advance(29 * 24 * 3600);
      await tokensIn(await target.refresh(refresh_token));
      controlOf(target).advance(24 * 3600);
    },
    { source: 'dg: refresh tokens' },
  ),
  after(
    'changed-life',
    'After 2 hours, if the lifetime was set to one hour after the sign-in',
    (target) => {
      controlOf(target).setLifetimes({ refresh: 3600 });
      controlOf(target).advance(7200);
    },
    { cognito: 'tokens', source: 'not in the facts', standing: unconfirmed },
  ),
];

function advanceBy(seconds: number): (target: Target) => void {
  return (target) => controlOf(target).advance(seconds);
}
