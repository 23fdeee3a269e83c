import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import type { Target } from '../target';
import { membersOf, type Tokens, tokensIn } from '../wire';
import { INVALID_GRANT, outcome, outcomes } from './outcome';

const SOURCE = 'dg: refresh tokens';

/** Observes a pair of refresh tokens: the first, and the one that its use returned. */
function rotated(
  id: string,
  ask: string,
  graceSeconds: number,
  observe: (target: Target, first: Tokens, second: Tokens) => Promise<string>,
  row: Pick<Behavior, 'cognito'> & Partial<Behavior>,
): Behavior {
  return behavior({
    source: SOURCE,
    needs: 'control',
    traits: ['rotation'],
    ...row,
    id: `rotation/${id}`,
    ask,
    observe: async (target) => {
      controlOf(target).changeClient({ rotation: { graceSeconds } });
      const first = await target.freshTokens();
      const second = await tokensIn(await target.refresh(first.refresh_token));
      return await observe(target, first, second);
    },
  });
}

/** The old refresh token some seconds after its first use. */
function aged(graceSeconds: number, seconds: number, cognito: string): Behavior {
  return rotated(
    `grace-${graceSeconds}-after-${seconds}`,
    `The old token after ${seconds} s, with a grace period of ${graceSeconds} s`,
    graceSeconds,
    async (target, { refresh_token }) => {
      controlOf(target).advance(seconds);
      return await outcome(target, await target.refresh(refresh_token));
    },
    { cognito },
  );
}

/** Refresh token rotation (cognito-facts, section 5). */
export const ROTATION: readonly Behavior[] = [
  behavior({
    id: 'rotation/members',
    ask: 'The members of the response',
    cognito: 'id_token, access_token, refresh_token, expires_in, token_type',
    source: SOURCE,
    needs: 'sign-in',
    traits: ['rotation'],
    observe: async (target) => {
      const { refresh_token } = await target.freshTokens();
      return [...membersOf(await (await target.refresh(refresh_token)).json()).keys()].join(', ');
    },
  }),
  behavior({
    id: 'rotation/new-token',
    ask: 'The new refresh token, and whether it works',
    cognito: 'another, tokens',
    source: SOURCE,
    needs: 'sign-in',
    traits: ['rotation'],
    observe: async (target) => {
      const first = await target.freshTokens();
      const second = await tokensIn(await target.refresh(first.refresh_token));
      const same = first.refresh_token === second.refresh_token ? 'the same' : 'another';
      return `${same}, ${await outcome(target, await target.refresh(second.refresh_token))}`;
    },
  }),
  aged(0, 0, INVALID_GRANT),
  aged(10, 0, 'tokens'),
  aged(10, 9, 'tokens'),
  aged(10, 10, INVALID_GRANT),
  aged(60, 59, 'tokens'),
  aged(60, 60, INVALID_GRANT),
  rotated(
    'grace-from-first-use',
    'The old token within a grace period of 10 s, and again after it: use does not extend it',
    10,
    async (target, { refresh_token }) => {
      controlOf(target).advance(9);
      const within = await target.refresh(refresh_token);
      controlOf(target).advance(1);
      return await outcomes(target, within, await target.refresh(refresh_token));
    },
    { cognito: `tokens, ${INVALID_GRANT}` },
  ),
  rotated(
    'reuse-within',
    'The refresh token that the old one returns within the grace period',
    10,
    async (target, { refresh_token }, second) => {
      const third = await tokensIn(await target.refresh(refresh_token));
      return third.refresh_token === second.refresh_token ? 'the same again' : 'another';
    },
    { cognito: 'another', source: 'facts, section 5: not documented', standing: unconfirmed },
  ),
  rotated(
    'late-reuse',
    'The newest token, after the old one was sent too late',
    0,
    async (target, { refresh_token }, second) => {
      const late = await target.refresh(refresh_token);
      return await outcomes(target, late, await target.refresh(second.refresh_token));
    },
    {
      cognito: `${INVALID_GRANT}, tokens`,
      source: 'facts, section 5: not documented',
      standing: unconfirmed,
    },
  ),
  rotated(
    'life',
    "The newest token just before and at the end of the first one's 30 days",
    0,
    async (target, _first, second) => {
      controlOf(target).advance(30 * 24 * 3600 - 1);
      const before = await tokensIn(await target.refresh(second.refresh_token));
      controlOf(target).advance(1);
      return `tokens, ${await outcome(target, await target.refresh(before.refresh_token))}`;
    },
    { cognito: `tokens, ${INVALID_GRANT}` },
  ),
  behavior({
    id: 'rotation/revoke-newest',
    ask: 'The first and the newest token, after the newest was revoked',
    cognito: `${INVALID_GRANT}, ${INVALID_GRANT}`,
    source: 'obs: live 2026-09-27',
    needs: 'sign-in',
    traits: ['rotation'],
    observe: async (target) => {
      const first = await target.freshTokens();
      const second = await tokensIn(await target.refresh(first.refresh_token));
      await target.revoke(second.refresh_token);
      const old = await target.refresh(first.refresh_token);
      return await outcomes(target, old, await target.refresh(second.refresh_token));
    },
  }),
];
