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
        find: ", { algorithms: ['RS256'] }",
        replace: '',
      },
      {
        id: 'verify-object',
        defense: 'the content of a token is a JSON object',
        find: 'if (isObject(claims)) return claims;',
        replace: 'return claims as SignedClaims;',
      },
      {
        id: 'verify-object-null',
        defense: '`null` is not taken for an object',
        find: "typeof value === 'object' && value !== null && !Array.isArray(value)",
        replace: "typeof value === 'object' && !Array.isArray(value)",
      },
      {
        id: 'verify-object-list',
        defense: 'a list is not taken for an object',
        find: ' && !Array.isArray(value)',
        replace: '',
      },
      {
        id: 'verify-utf8',
        defense: 'the content of a token is valid UTF-8',
        find: 'fatal: true',
        replace: 'fatal: false',
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
        id: 'claims-issuer',
        defense: 'the issuer must be this user pool',
        find: 'if (iss !== issuer)',
        replace: 'if (false)',
      },
      {
        id: 'claims-time-given',
        defense: 'a token is checked against the given time, not the wall clock',
        find: 'const second = Math.floor(at);',
        replace: 'const second = Math.floor(Date.now() / 1000);',
      },
      {
        id: 'claims-expired',
        defense: 'an expired token is refused, in the second of its expiry already',
        find: 'exp <= second',
        replace: 'exp < second',
      },
      {
        id: 'claims-future',
        defense: 'a token issued in the future is refused',
        find: ' || iat > at + CLOCK_DIFFERENCE',
        replace: '',
      },
      {
        id: 'claims-clock-difference',
        defense: 'clocks may differ by at most five minutes',
        find: 'CLOCK_DIFFERENCE = 300',
        replace: 'CLOCK_DIFFERENCE = 3000',
      },
      {
        id: 'claims-start',
        defense: 'a token is refused before its `nbf`',
        find: 'nbf > second',
        replace: 'nbf > second + 1',
      },
      {
        id: 'claims-start-time',
        defense: 'a `nbf` is a plausible time',
        find: '!isTime(nbf) || nbf > second',
        replace: 'Number(nbf) > second',
      },
      {
        id: 'claims-audience',
        defense: 'an ID token must be for this app client',
        find: 'if (claims.aud !== expected.clientId)',
        replace: 'if (false)',
      },
      {
        id: 'claims-audience-list',
        defense: 'an audience list is refused, even if it contains this app client',
        find: 'if (claims.aud !== expected.clientId)',
        replace: 'if (![claims.aud].flat().includes(expected.clientId))',
      },
      {
        id: 'claims-client',
        defense: 'an access token must be for this app client',
        find: 'if (claims.client_id !== expected.clientId)',
        replace: 'if (false)',
      },
      {
        id: 'claims-use-id',
        defense: 'an access token is not accepted as an ID token',
        find: "if (claims.token_use !== 'id')",
        replace: "if (claims.token_use === 'refresh')",
      },
      {
        id: 'claims-use-access',
        defense: 'an ID token is not accepted as an access token',
        find: "if (claims.token_use !== 'access')",
        replace: "if (claims.token_use === 'refresh')",
      },
      {
        id: 'claims-subject-text',
        defense: 'the subject is a string',
        find: "typeof sub !== 'string' || ",
        replace: '',
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
        find: '!isTime(exp) || exp <= second',
        replace: 'Number(exp) <= second',
      },
      {
        id: 'claims-issue-time',
        defense: 'the time of issue is a plausible time',
        find: '!isTime(iat) || iat > at + CLOCK_DIFFERENCE',
        replace: 'Number(iat) > at + CLOCK_DIFFERENCE',
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
