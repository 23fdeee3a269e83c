import { type Behavior, behavior, unconfirmed } from '../behavior';
import { controlOf } from '../control';
import { anotherClient } from '../other-targets';
import { basicHeader, tokensIn } from '../wire';
import { INVALID_GRANT, outcome, outcomes } from './outcome';
import { REPORTED, redeemed, retried } from './redeemed';

/** A code that is redeemed some time after it was issued. */
function aged(seconds: number, cognito: string): Behavior {
  return behavior({
    id: `code/after-${seconds}`,
    ask: `A code after ${seconds} s`,
    cognito,
    source: 'dg: authorize',
    needs: 'control',
    observe: async (target) => {
      const code = await target.code();
      controlOf(target).advance(seconds);
      return await outcome(target, await target.redeem(code));
    },
  });
}

/** Something happens to the user between the code and its exchange. */
function parted(how: 'disable' | 'remove', words: string): Behavior {
  return behavior({
    id: `code/${how}d`,
    ask: `A code of a user who was ${words} in between`,
    cognito: INVALID_GRANT,
    source: 'not in the facts',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      const code = await target.code();
      controlOf(target)[how](target.username);
      return await outcome(target, await target.redeem(code));
    },
  });
}

/** Redeeming a code (cognito-facts, section 4). */
export const CODE: readonly Behavior[] = [
  behavior({
    id: 'code/twice',
    ask: 'The same code twice',
    cognito: `tokens, ${INVALID_GRANT}`,
    source: 'dg: token',
    needs: 'sign-in',
    observe: async (target) => {
      const code = await target.code();
      return await outcomes(target, await target.redeem(code), await target.redeem(code));
    },
  }),
  behavior({
    id: 'code/tokens-after-reuse',
    ask: 'The refresh token from the first exchange, after a second one',
    cognito: 'tokens',
    source: 'facts, section 4: unknown whether reuse revokes it',
    standing: unconfirmed,
    needs: 'sign-in',
    observe: async (target) => {
      const code = await target.code();
      const { refresh_token } = await tokensIn(await target.redeem(code));
      await target.redeem(code);
      return await outcome(target, await target.refresh(refresh_token));
    },
  }),
  behavior({
    id: 'code/at-once',
    ask: 'Two concurrent exchanges of one code',
    cognito: `${INVALID_GRANT}, tokens`,
    source: 'dg: token says only that a code is used once',
    standing: unconfirmed,
    needs: 'sign-in',
    observe: async (target) => {
      const code = await target.code();
      const both = await Promise.all([target.redeem(code), target.redeem(code)]);
      return (await outcomes(target, ...both)).split(', ').sort().join(', ');
    },
  }),
  aged(299, 'tokens'),
  aged(300, INVALID_GRANT),
  behavior({
    id: 'code/foreign',
    ask: "Another client's code",
    cognito: INVALID_GRANT,
    source: 'rfc 6749, 5.2',
    standing: unconfirmed,
    needs: 'control',
    observe: async (target) => {
      const code = await target.code();
      return await outcome(target, await anotherClient(target).redeem(code));
    },
  }),
  redeemed(
    'redirect-uri',
    'A `redirect_uri` other than that of the authorization request',
    { redeemed: ({ redirectUri }) => ({ redirect_uri: `${redirectUri}/x` }) },
    {
      cognito: '400 {"error":"unauthorized_client","error_description":"invalid_redirect"}',
      source: 'dg: token; others report `invalid_grant`',
    },
  ),
  retried(
    'burnt-by-redirect-uri',
    'The same code again, with the right `redirect_uri`',
    { wrong: (target, code) => target.redeem(code, { redirect_uri: `${target.redirectUri}/x` }) },
    { cognito: INVALID_GRANT, source: REPORTED },
  ),
  retried(
    'burnt-by-another-client',
    'A code after another client has sent it',
    { wrong: (target, code) => anotherClient(target).redeem(code) },
    { cognito: INVALID_GRANT, source: REPORTED, needs: 'control' },
  ),
  retried(
    'wrong-secret',
    'A code after it was sent with a wrong secret',
    {
      wrong: async (target, code) => {
        const { clientId: client_id, redirectUri: redirect_uri } = target;
        const form = { grant_type: 'authorization_code', code, redirect_uri, client_id };
        return await target.token(form, basicHeader(client_id, 'not-the-secret'));
      },
    },
    {
      cognito: 'tokens',
      source: 'facts, section 4: unknown whether this invalidates it, too',
      standing: unconfirmed,
      traits: ['confidential'],
    },
  ),
  parted('disable', 'disabled'),
  parted('remove', 'removed'),
];
