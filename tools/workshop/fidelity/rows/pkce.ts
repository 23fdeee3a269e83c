import { type Behavior, unconfirmed } from '../behavior';
import { CHALLENGE, VERIFIER } from '../target';
import { INVALID_GRANT, INVALID_REQUEST } from './outcome';
import { CHALLENGED, REPORTED, redeemed, retried } from './redeemed';

/** PKCE at the token endpoint (cognito-facts, section 4). */
export const PKCE: readonly Behavior[] = [
  redeemed(
    'verifier',
    'The right `code_verifier`',
    { asked: CHALLENGED, redeemed: { code_verifier: VERIFIER } },
    { cognito: 'tokens', source: 'dg: PKCE' },
  ),
  redeemed(
    'wrong-verifier',
    'A wrong `code_verifier`',
    { asked: CHALLENGED, redeemed: { code_verifier: `${VERIFIER}x` } },
    { cognito: INVALID_REQUEST, source: REPORTED, standing: unconfirmed },
  ),
  redeemed(
    'challenge-as-verifier',
    'The challenge itself as the verifier',
    { asked: CHALLENGED, redeemed: { code_verifier: CHALLENGE } },
    { cognito: INVALID_REQUEST, source: REPORTED, standing: unconfirmed },
  ),
  redeemed(
    'no-verifier',
    'A challenge, but no verifier',
    { asked: CHALLENGED },
    { cognito: INVALID_REQUEST, source: REPORTED, standing: unconfirmed },
  ),
  retried(
    'burnt-by-verifier',
    'The right verifier for the same code, after a wrong one',
    {
      asked: CHALLENGED,
      wrong: (target, code) => target.redeem(code, { code_verifier: `${VERIFIER}x` }),
    },
    { cognito: INVALID_GRANT, source: REPORTED, standing: unconfirmed },
  ),
  redeemed(
    'needless-verifier',
    'A verifier without a challenge',
    { redeemed: { code_verifier: VERIFIER } },
    { cognito: INVALID_GRANT, source: 'not in the facts', standing: unconfirmed },
  ),
];
