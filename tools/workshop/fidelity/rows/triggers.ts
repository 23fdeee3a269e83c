import { answer } from '../answer';
import { type Behavior, behavior } from '../behavior';
import { controlOf } from '../control';
import { withSettings } from '../other-targets';
import type { Target } from '../target';
import { claimsIn, tokensIn } from '../wire';

const ROLES = ['arn:aws:iam::123456789012:role/a', 'arn:aws:iam::123456789012:role/b'] as const;

/** The role claims of a user in two groups with these precedences. */
async function roles(target: Target, a: number, b: number): Promise<string> {
  const own = await withSettings(target, {
    groups: [
      { name: 'a', roleArn: ROLES[0], precedence: a },
      { name: 'b', roleArn: ROLES[1], precedence: b },
    ],
  });
  for (const group of ['a', 'b']) controlOf(own).addToGroup(own.username, group);
  const claims = claimsIn((await own.freshTokens()).id_token);
  const all = claims.get('cognito:roles');
  return `${Array.isArray(all) ? all.length : 'no'} roles, ${claims.get('cognito:preferred_role') ?? 'none'}`;
}

/** A pool whose trigger adds a number and a scope, and tries to forge `sub`. */
function withTrigger(target: Target): Promise<Target> {
  return withSettings(target, {
    preTokenGeneration: async (event) => {
      const claimsToAddOrOverride = { plan: 7, sub: 'forged', calls: event.triggerSource };
      event.response.claimsAndScopeOverrideDetails = {
        idTokenGeneration: { claimsToAddOrOverride },
        accessTokenGeneration: { claimsToAddOrOverride, scopesToAdd: ['orders/read'] },
      };
      return event;
    },
  });
}

/** What a pool's settings do to tokens (cognito-facts, sections 4 and 9). */
export const TRIGGERS: readonly Behavior[] = [
  behavior({
    id: 'attributes/unreadable',
    ask: 'A client that may read only some attributes of a scope (`email` but not `email_verified`)',
    cognito: '400 {"error":"invalid_grant"}',
    source: 'dg: token',
    needs: 'control',
    observe: async (target) => {
      controlOf(target).changeClient({ readAttributes: ['email', 'name'] }, target.clientId);
      return await answer(
        target,
        await target.redeem(await target.code({ scope: 'openid email' })),
      );
    },
  }),
  behavior({
    id: 'roles/preferred',
    ask: '`cognito:roles` and `cognito:preferred_role` for groups with precedence 1 and 2',
    cognito: `2 roles, ${ROLES[0]}`,
    source: 'dg: ID token',
    needs: 'control',
    observe: async (target) => await roles(target, 1, 2),
  }),
  behavior({
    id: 'roles/tie',
    ask: 'The same if both have precedence 1',
    cognito: '2 roles, none',
    source: 'dg: ID token',
    needs: 'control',
    observe: async (target) => await roles(target, 1, 1),
  }),
  behavior({
    id: 'trigger/claims',
    ask: 'A trigger that adds a number to both tokens and a scope, and changes `sub`',
    cognito: 'ID 7, access 7, scope added, sub unchanged',
    source: 'dg: pre token generation',
    needs: 'control',
    observe: async (target) => {
      const tokens = await (await withTrigger(target)).freshTokens();
      const [id, access] = [claimsIn(tokens.id_token), claimsIn(tokens.access_token)];
      const scope = String(access.get('scope')).includes('orders/read') ? 'added' : 'not added';
      const sub = [id, access].some((claims) => claims.get('sub') === 'forged');
      return `ID ${id.get('plan')}, access ${access.get('plan')}, scope ${scope}, sub ${sub ? 'forged' : 'unchanged'}`;
    },
  }),
  behavior({
    id: 'trigger/refresh',
    ask: 'The trigger source when it runs again for a refresh',
    cognito: 'TokenGeneration_RefreshTokens',
    source: 'dg: refresh tokens; dg: pre token generation',
    needs: 'control',
    observe: async (target) => {
      const own = await withTrigger(target);
      const { refresh_token } = await own.freshTokens();
      const { id_token } = await tokensIn(await own.refresh(refresh_token));
      return String(claimsIn(id_token).get('calls'));
    },
  }),
];
