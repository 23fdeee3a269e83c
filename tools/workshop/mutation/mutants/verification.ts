import { unit } from '../mutant';

const VERIFY = 'lib/cognito/protocol/verify.ts';
const CLAIMS = 'lib/cognito/protocol/claims.ts';

/** What a token must satisfy before it is accepted. */
export const verification = [
  ...unit(
    VERIFY,
    ['cognito/verify'],
    [
      {
        id: 'verify-signature',
        defense: 'token signatures are verified',
        find: "throw new CognitoError('token_invalid', failedCheck(cause), { cause });",
        replace:
          "if (failedCheck(cause) === 'signature') return decodeJwt(token);\n    throw new CognitoError('token_invalid', failedCheck(cause), { cause });",
      },
      {
        id: 'verify-format',
        defense: 'a token uses only the base64url alphabet, without padding or white space',
        find: "if (!COMPACT_JWS.test(token)) throw new CognitoError('token_invalid', 'format');",
        replace: '',
      },
      {
        id: 'verify-alg-hmac',
        defense: 'a token signed with a shared secret (HS256) is refused',
        find: "algorithms: ['RS256']",
        replace: "algorithms: ['RS256', 'HS256']",
      },
      {
        id: 'verify-alg-any',
        defense: 'RS256 is the only accepted algorithm, whatever the header says',
        find: "algorithms: ['RS256'],",
        replace: '',
      },
      {
        id: 'verify-issuer',
        defense: 'the issuer must be this user pool',
        find: 'issuer: client.config.issuer,',
        replace: '',
      },
      {
        id: 'verify-required-claims',
        defense: 'jose requires the mandatory claims',
        find: "requiredClaims: ['exp', 'iat', 'sub', 'token_use'],",
        replace: '',
        explained:
          '`lib/cognito/protocol/claims.ts` checks the four claims again and reports a missing one the same way',
      },
      {
        id: 'verify-time-given',
        defense: 'a token is checked against the given time, not the wall clock',
        find: 'currentDate: new Date(at * 1000),',
        replace: '',
      },
      {
        id: 'verify-expiry',
        defense: 'an expired token is refused',
        find: 'currentDate: new Date(at * 1000),',
        replace: 'currentDate: new Date(0),',
      },
      {
        id: 'verify-future',
        defense: 'a token issued in the future is refused',
        find: 'if (iat > at + CLOCK_DIFFERENCE)',
        replace: 'if (false)',
      },
      {
        id: 'verify-clock-difference',
        defense: 'clocks may differ by at most five minutes',
        find: 'CLOCK_DIFFERENCE = 300',
        replace: 'CLOCK_DIFFERENCE = 3000',
      },
      {
        id: 'verify-same-person',
        defense: 'both tokens belong to the same user',
        find: 'if (id.sub !== access.sub)',
        replace: 'if (false)',
      },
      {
        id: 'verify-at-hash',
        defense: 'the ID token is bound to its access token by `at_hash`',
        find: 'if (id.at_hash !== undefined &&',
        replace: 'if (false &&',
      },
      {
        id: 'verify-clock-wrong',
        defense: 'when new tokens arrive, a clock that is more than five minutes off is reported',
        find: 'if (Math.abs(ahead) > CLOCK_DIFFERENCE + SLOW_ANSWER)',
        replace: 'if (false)',
      },
      {
        id: 'verify-new-by-iat',
        defense: 'a token that has already expired is not accepted as new',
        find: 'if (Math.abs(ahead) > CLOCK_DIFFERENCE + SLOW_ANSWER)',
        replace: 'if (-ahead > CLOCK_DIFFERENCE + SLOW_ANSWER)',
      },
    ],
  ),
  ...unit(
    VERIFY,
    ['workshop/in-process/clocks'],
    [
      {
        id: 'verify-new-by-wall-clock',
        defense:
          'new tokens are checked against their own issue time, so the server clock may be minutes off',
        find: 'const at = issueTime(tokens.accessToken);',
        replace: 'const at = client.now();',
      },
    ],
  ),
  ...unit(
    CLAIMS,
    ['cognito/verify'],
    [
      {
        id: 'claims-audience',
        defense: 'an ID token must be for this app client',
        find: 'if (aud !== clientId)',
        replace: 'if (false)',
      },
      {
        id: 'claims-audience-list',
        defense: 'an audience list is refused, even if it contains this app client',
        find: 'if (aud !== clientId)',
        replace: 'if (![aud].flat().includes(clientId))',
      },
      {
        id: 'claims-client',
        defense: 'an access token must be for this app client',
        find: 'if (client !== clientId)',
        replace: 'if (false)',
      },
      {
        id: 'claims-use-id',
        defense: 'an access token is not accepted as an ID token',
        find: "if (payload.token_use !== 'id')",
        replace: "if (payload.token_use === 'refresh')",
      },
      {
        id: 'claims-use-access',
        defense: 'an ID token is not accepted as an access token',
        find: "if (payload.token_use !== 'access')",
        replace: "if (payload.token_use === 'refresh')",
      },
      {
        id: 'claims-issuer-text',
        defense: 'the issuer is a string',
        find: "if (typeof iss !== 'string')",
        replace: 'if (false)',
        explained: 'jose has already compared it with the configured issuer, which is a string',
      },
      {
        id: 'claims-subject',
        defense: 'a token with an empty subject is refused',
        find: "if (typeof sub !== 'string' || sub === '')",
        replace: "if (typeof sub !== 'string')",
      },
      {
        id: 'claims-expiry-time',
        defense: 'the expiry is a plausible time',
        find: 'if (!isTime(exp))',
        replace: 'if (false)',
      },
      {
        id: 'claims-issue-time',
        defense: 'the time of issue is a plausible time',
        find: 'if (!isTime(iat))',
        replace: 'if (false)',
      },
      {
        id: 'claims-email-verified',
        defense: 'an email address counts as verified only if the user pool says `true`',
        find: 'claims.email_verified === true',
        replace: 'claims.email_verified !== false',
        tests: ['cognito/answers'],
      },
      {
        id: 'claims-groups-list',
        defense: 'a string is not accepted as a list of groups',
        find: 'if (!Array.isArray(groups)) return [];',
        replace: 'if (!Array.isArray(groups)) return [String(groups)];',
        tests: ['cognito/answers'],
      },
      {
        id: 'claims-groups-text',
        defense: 'groups that are not strings are dropped',
        find: "groups.filter((group): group is string => typeof group === 'string')",
        replace: 'groups',
        tests: ['cognito/answers'],
      },
    ],
  ),
];
