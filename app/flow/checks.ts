import type { VerifiedTokens } from '@/lib/cognito/protocol/claims';
import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';
import { momentText, redactedText } from './fingerprint';
import type { TokenKind } from './token-evidence';

/** One check that the visitor's tokens have passed. */
export interface Check {
  readonly name: string;
  readonly token: Exclude<TokenKind, 'refresh'> | 'both';
  /** What is compared, in a few words. */
  readonly compares: string;
  readonly expected: string;
  readonly found: string;
  /** There are no others: tokens that fail one of these are not believed, and nobody is signed in. */
  readonly passed: true;
  /** When it was made. What belongs to a sign-in or a refresh cannot be made again later. */
  readonly when: 'this request' | 'sign-in' | 'refresh';
  /** How long a signature took to verify in this request, with all that it covers. */
  readonly milliseconds?: number;
}

/** What the checks were made with. */
export interface Verification {
  readonly config: CognitoConfig;
  readonly claims: VerifiedTokens;
  /** The id of the key that signed each token. */
  readonly keys: { readonly id: string; readonly access: string };
  /** How long each verification took. */
  readonly milliseconds: { readonly id: number; readonly access: number };
  /** The time by which the tokens were judged, in seconds since 1970. */
  readonly at: number;
  /** Whether they came by a refresh. */
  readonly refreshed: boolean;
}

/**
 * The checks of `lib/cognito/protocol/verify.ts`, with what they compared. Only for tokens that have
 * passed: this lists, it does not check.
 *
 * @param verification of this request
 */
export async function checksOf(verification: Verification): Promise<Check[]> {
  const { claims, refreshed } = verification;
  const bound = claims.id.at_hash;
  return [
    ...tokenChecks('id', verification),
    ...tokenChecks('access', verification),
    passed(
      'sub',
      'both',
      'both tokens are about the same person',
      claims.id.sub,
      claims.access.sub,
    ),
    ...(typeof bound === 'string'
      ? [
          passed(
            'at_hash',
            'both',
            'the ID token names the access token that came with it',
            'half of the access token’s SHA-256',
            await redactedText(bound),
          ),
        ]
      : []),
    await nonceCheck(claims, refreshed),
    ...(refreshed
      ? [
          {
            ...passed(
              'same person',
              'id',
              'a refresh brings the same person',
              claims.id.sub,
              claims.id.sub,
            ),
            when: 'refresh' as const,
          },
        ]
      : []),
  ];
}

function tokenChecks(token: 'id' | 'access', verification: Verification): Check[] {
  const { config, keys, milliseconds, at } = verification;
  const claims = verification.claims[token];
  const audience = token === 'id' ? 'aud' : 'client_id';
  const [first, ...rest] = [
    passed(
      'signature',
      token,
      'signed with RS256 by a key that the user pool publishes',
      `${config.issuer}/.well-known/jwks.json`,
      `RS256, key ${keys[token]}`,
    ),
    passed('iss', token, 'this user pool issued it', config.issuer, claims.iss),
    passed(audience, token, 'for this app client', config.clientId, String(claims[audience])),
    passed('token_use', token, 'not the other token in its place', token, claims.token_use),
    passed('exp', token, 'not over yet', `after ${momentText(at)}`, momentText(claims.exp)),
    passed(
      'iat',
      token,
      'not from the future, five minutes between two clocks aside',
      `before ${momentText(at + FIVE_MINUTES)}`,
      momentText(claims.iat),
    ),
  ];
  return first === undefined ? rest : [{ ...first, milliseconds: milliseconds[token] }, ...rest];
}

/** `CLOCK_DIFFERENCE` of `verify.ts`, in seconds. */
const FIVE_MINUTES = 300;

async function nonceCheck({ id }: VerifiedTokens, refreshed: boolean): Promise<Check> {
  const found = typeof id.nonce === 'string' ? await redactedText(id.nonce) : 'none';
  return refreshed
    ? {
        ...passed(
          'nonce',
          'id',
          'a refreshed ID token brings no other nonce',
          'none, or the one of before',
          found,
        ),
        when: 'refresh',
      }
    : {
        ...passed(
          'nonce',
          'id',
          'the answer to the attempt of this browser',
          'the nonce in the attempt’s cookie',
          found,
        ),
        when: 'sign-in',
      };
}

function passed(
  name: string,
  token: Check['token'],
  compares: string,
  expected: string,
  found: string,
): Check {
  return { name, token, compares, expected, found, passed: true, when: 'this request' };
}
