import type { VerifiedTokens } from '@/lib/cognito/protocol/claims';
import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';
import { momentText, redactedText } from './fingerprint';
import type { TokenKind } from './token-evidence';

/** One check that the visitor's tokens have passed. */
export interface Check {
  readonly name: string;
  readonly token: Exclude<TokenKind, 'refresh'> | 'both';
  /** What the check ensures, in a few words. */
  readonly compares: string;
  readonly expected: string;
  readonly found: string;
  /** Always true: tokens that fail a check are rejected, so there is no session to show. */
  readonly passed: true;
  /** When the check ran. Checks of a sign-in or refresh can't be repeated later. */
  readonly when: 'this request' | 'sign-in' | 'refresh';
  /** How long the token took to verify in this request. */
  readonly milliseconds?: number;
}

/** The inputs and results of a verification. */
export interface Verification {
  readonly config: CognitoConfig;
  readonly claims: VerifiedTokens;
  /** The ID of the key that signed each token. */
  readonly keys: { readonly id: string; readonly access: string };
  /** How long each verification took. */
  readonly milliseconds: { readonly id: number; readonly access: number };
  /** The time that the tokens were checked against, in seconds since 1970. */
  readonly at: number;
  /** Whether the tokens are from a refresh. */
  readonly refreshed: boolean;
}

/**
 * Lists the checks of `lib/cognito/protocol/verify.ts` and the values that they compared. It doesn't
 * check anything itself, so only call it for verified tokens.
 *
 * @param verification of this request
 */
export async function checksOf(verification: Verification): Promise<Check[]> {
  const { claims, refreshed } = verification;
  const bound = claims.id.at_hash;
  return [
    ...tokenChecks('id', verification),
    ...tokenChecks('access', verification),
    passed('sub', 'both', 'both tokens identify the same user', claims.id.sub, claims.access.sub),
    ...(typeof bound === 'string'
      ? [
          passed(
            'at_hash',
            'both',
            'the ID token belongs to this access token',
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
              'same user',
              'id',
              'the refresh returned the same user',
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
      'signed with a key of this user pool',
      `${config.issuer}/.well-known/jwks.json`,
      `RS256, key ${keys[token]}`,
    ),
    passed('iss', token, 'issued by this user pool', config.issuer, claims.iss),
    passed(
      audience,
      token,
      'issued for this app client',
      config.clientId,
      String(claims[audience]),
    ),
    passed('token_use', token, 'the right type of token', token, claims.token_use),
    passed('exp', token, 'not expired', `after ${momentText(at)}`, momentText(claims.exp)),
    passed(
      'iat',
      token,
      'not issued in the future (five minutes of clock skew allowed)',
      `before ${momentText(at + FIVE_MINUTES)}`,
      momentText(claims.iat),
    ),
  ];
  return first === undefined ? rest : [{ ...first, milliseconds: milliseconds[token] }, ...rest];
}

/** `CLOCK_DIFFERENCE` of `claims.ts`, in seconds. */
const FIVE_MINUTES = 300;

async function nonceCheck({ id }: VerifiedTokens, refreshed: boolean): Promise<Check> {
  const found = typeof id.nonce === 'string' ? await redactedText(id.nonce) : 'none';
  return refreshed
    ? {
        ...passed(
          'nonce',
          'id',
          'no nonce, or the same one as before',
          'none, or the previous one',
          found,
        ),
        when: 'refresh',
      }
    : {
        ...passed(
          'nonce',
          'id',
          'matches this browser’s sign-in attempt',
          'the nonce derived from this browser’s key',
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
