import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { anotherPerson } from '../other-targets';
import type { Target } from '../target';
import { claimsIn, type Tokens, tokensIn } from '../wire';

const SOURCE = 'dg: refresh tokens';

/** For each claim: whether it is the same as before the refresh. */
function compared(which: 'id_token' | 'access_token', names: readonly string[]) {
  return async (target: Target): Promise<string> => {
    const first = await target.freshTokens();
    const second = await tokensIn(await target.refresh(first.refresh_token));
    const [before, after] = [claimsIn(first[which]), claimsIn(second[which])];
    return names
      .map((name) => {
        if (!after.has(name)) return `no ${name}`;
        const same = JSON.stringify(before.get(name)) === JSON.stringify(after.get(name));
        return `${name} ${same ? 'the same' : 'new'}`;
      })
      .join(', ');
  };
}

/** The tokens of a refresh after the local pool was changed. */
async function changed(target: Target, change: (target: Target) => void): Promise<Tokens> {
  const { refresh_token } = await target.freshTokens();
  change(target);
  return await tokensIn(await target.refresh(refresh_token));
}

/** A claim of both tokens as JSON. */
function inBoth(tokens: Tokens, claim: string): string {
  return [tokens.id_token, tokens.access_token]
    .map((token) => JSON.stringify(claimsIn(token).get(claim)) ?? 'absent')
    .join(', ');
}

/** What a refresh keeps, and what it reads again (cognito-facts, section 5). */
export const REFRESHED: readonly Behavior[] = [
  behavior({
    id: 'refreshed/id-token',
    ask: 'The ID token of a refresh, compared with the previous one',
    cognito:
      'iss the same, sub the same, aud the same, token_use the same, auth_time the same, origin_jti the same, cognito:username the same, jti new, at_hash new',
    source: `${SOURCE}; obs 2026-10`,
    needs: 'sign-in',
    observe: compared('id_token', [
      ...['iss', 'sub', 'aud', 'token_use', 'auth_time', 'origin_jti'],
      ...['cognito:username', 'jti', 'at_hash'],
    ]),
  }),
  behavior({
    id: 'refreshed/access-token',
    ask: 'The access token of a refresh, compared with the previous one',
    cognito:
      'iss the same, sub the same, client_id the same, token_use the same, auth_time the same, origin_jti the same, scope the same, username the same, jti new',
    source: `${SOURCE}; obs 2026-10`,
    needs: 'sign-in',
    observe: compared('access_token', [
      ...['iss', 'sub', 'client_id', 'token_use', 'auth_time', 'origin_jti'],
      ...['scope', 'username', 'jti'],
    ]),
  }),
  behavior({
    id: 'refreshed/narrow-scope',
    ask: 'The scopes of the access token before and after a refresh, if only `openid` was requested',
    cognito: 'openid, openid',
    source: SOURCE,
    needs: 'sign-in',
    observe: async (target) => {
      const first = await target.freshTokens({ scope: 'openid' });
      const second = await tokensIn(await target.refresh(first.refresh_token));
      return [first, second].map((set) => claimsIn(set.access_token).get('scope')).join(', ');
    },
  }),
  behavior({
    id: 'refreshed/nonce',
    ask: 'The `nonce` of the ID token after a refresh',
    cognito: 'absent',
    source: 'oidc core, 12.2',
    standing: unconfirmed,
    needs: 'sign-in',
    observe: async (target) => {
      const first = await target.freshTokens({ nonce: 'the-nonce' });
      const second = await tokensIn(await target.refresh(first.refresh_token));
      const nonce = claimsIn(second.id_token).get('nonce');
      if (nonce === undefined) return 'absent';
      return nonce === 'the-nonce' ? 'the same' : 'another';
    },
  }),
  behavior({
    id: 'refreshed/times',
    ask: '`iat` and `exp` of both tokens after 1,000 s, counted from the first `iat`',
    cognito: '1000, 4600 | 1000, 4600',
    source: SOURCE,
    needs: 'control',
    observe: async (target) => {
      const first = await target.freshTokens();
      controlOf(target).advance(1000);
      const second = await tokensIn(await target.refresh(first.refresh_token));
      const start = Number(claimsIn(first.id_token).get('iat'));
      return [second.id_token, second.access_token]
        .map((token) => {
          const claims = claimsIn(token);
          return `${Number(claims.get('iat')) - start}, ${Number(claims.get('exp')) - start}`;
        })
        .join(' | ');
    },
  }),
  behavior({
    id: 'refreshed/group-added',
    ask: 'The groups in both tokens, after a user without groups was added to one',
    cognito: '["admin"], ["admin"]',
    source: SOURCE,
    needs: 'control',
    observe: async (target) => {
      const tokens = await changed(anotherPerson(target, 'bob'), ({ username }) => {
        controlOf(target).addToGroup(username, 'admin');
      });
      return inBoth(tokens, 'cognito:groups');
    },
  }),
  behavior({
    id: 'refreshed/group-removed',
    ask: 'The same after a user was removed from their only group',
    cognito: 'absent, absent',
    source: SOURCE,
    needs: 'control',
    observe: async (target) => {
      const tokens = await changed(target, ({ username }) => {
        controlOf(target).removeFromGroup(username, 'admin');
      });
      return inBoth(tokens, 'cognito:groups');
    },
  }),
  behavior({
    id: 'refreshed/attributes',
    ask: 'A changed attribute and a removed one in the ID token',
    cognito: 'the new one, absent',
    source: SOURCE,
    needs: 'control',
    observe: async (target) => {
      const { id_token } = await changed(target, ({ username }) => {
        controlOf(target).setAttributes(username, { name: 'Alice Baker', phone_number: null });
      });
      const claims = claimsIn(id_token);
      const name = claims.get('name') === 'Alice Baker' ? 'the new one' : 'the old one';
      return `${name}, ${claims.has('phone_number') ? 'still present' : 'absent'}`;
    },
  }),
  behavior({
    id: 'refreshed/lives',
    ask: '`expires_in` after the lifetime of access tokens was changed to 300 s',
    cognito: '300',
    source: 'not in the facts',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      const { expires_in } = await changed(target, () => {
        controlOf(target).setLifetimes({ access: 300 });
      });
      return String(expires_in);
    },
  }),
];
