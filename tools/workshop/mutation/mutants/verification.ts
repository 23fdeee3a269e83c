import { unit } from '../mutant';

const VERIFY = 'lib/cognito/protocol/verify.ts';
const CLAIMS = 'lib/cognito/protocol/claims.ts';

/** What a token must be before anybody believes it. */
export const verification = [
  ...unit(
    VERIFY,
    ['cognito/verify'],
    [
      {
        id: 'verify-signature',
        defence: 'the signature of a token is verified',
        find: "throw new CognitoError('token_invalid', failedCheck(cause), { cause });",
        replace:
          "if (failedCheck(cause) === 'signature') return decodeJwt(token);\n    throw new CognitoError('token_invalid', failedCheck(cause), { cause });",
      },
      {
        id: 'verify-format',
        defence: 'a token has one alphabet, no padding and no white space',
        find: "if (!COMPACT_JWS.test(token)) throw new CognitoError('token_invalid', 'format');",
        replace: '',
      },
      {
        id: 'verify-alg-hmac',
        defence: 'a token signed with a shared secret (HS256) is refused',
        find: "algorithms: ['RS256']",
        replace: "algorithms: ['RS256', 'HS256']",
      },
      {
        id: 'verify-alg-any',
        defence: 'RS256 is the only algorithm, whatever the header says',
        find: "algorithms: ['RS256'],",
        replace: '',
      },
      {
        id: 'verify-issuer',
        defence: 'the issuer is this user pool',
        find: 'issuer: client.config.issuer,',
        replace: '',
      },
      {
        id: 'verify-required-claims',
        defence: 'jose asks for the claims that must be there',
        find: "requiredClaims: ['exp', 'iat', 'sub', 'token_use'],",
        replace: '',
        explained:
          '`lib/cognito/protocol/claims.ts` asks for each of the four again, and names it the same way',
      },
      {
        id: 'verify-time-given',
        defence: 'a token is judged by the time it is given, not by the wall clock',
        find: 'currentDate: new Date(at * 1000),',
        replace: '',
      },
      {
        id: 'verify-expiry',
        defence: 'a token that is over is refused',
        find: 'currentDate: new Date(at * 1000),',
        replace: 'currentDate: new Date(0),',
      },
      {
        id: 'verify-future',
        defence: 'a token from the future is refused',
        find: 'if (iat > at + CLOCK_DIFFERENCE)',
        replace: 'if (false)',
      },
      {
        id: 'verify-clock-difference',
        defence: 'clocks may differ by five minutes and no more',
        find: 'CLOCK_DIFFERENCE = 300',
        replace: 'CLOCK_DIFFERENCE = 3000',
      },
      {
        id: 'verify-same-person',
        defence: 'both tokens are about the same person',
        find: 'if (id.sub !== access.sub)',
        replace: 'if (false)',
      },
      {
        id: 'verify-at-hash',
        defence: 'the ID token is bound to its access token by `at_hash`',
        find: 'if (id.at_hash !== undefined &&',
        replace: 'if (false &&',
      },
      {
        id: 'verify-clock-wrong',
        defence: 'new tokens beyond five minutes say that the clock is wrong',
        find: 'if (Math.abs(ahead) > CLOCK_DIFFERENCE + SLOW_ANSWER)',
        replace: 'if (false)',
      },
      {
        id: 'verify-new-by-iat',
        defence: 'an expired token is not new because it came this moment',
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
        defence: 'new tokens are judged by their own time, so a clock may be minutes off',
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
        defence: 'an ID token is for this app client',
        find: 'if (aud !== clientId)',
        replace: 'if (false)',
      },
      {
        id: 'claims-audience-list',
        defence: 'an audience that merely contains this app client is refused',
        find: 'if (aud !== clientId)',
        replace: 'if (![aud].flat().includes(clientId))',
      },
      {
        id: 'claims-client',
        defence: 'an access token is for this app client',
        find: 'if (client !== clientId)',
        replace: 'if (false)',
      },
      {
        id: 'claims-use-id',
        defence: 'an access token does not pass for an ID token',
        find: "if (payload.token_use !== 'id')",
        replace: "if (payload.token_use === 'refresh')",
      },
      {
        id: 'claims-use-access',
        defence: 'an ID token does not pass for an access token',
        find: "if (payload.token_use !== 'access')",
        replace: "if (payload.token_use === 'refresh')",
      },
      {
        id: 'claims-issuer-text',
        defence: 'the issuer is text',
        find: "if (typeof iss !== 'string')",
        replace: 'if (false)',
        explained: 'jose has compared it with the issuer of the configuration, which is text',
      },
      {
        id: 'claims-subject',
        defence: 'a token about nobody is refused',
        find: "if (typeof sub !== 'string' || sub === '')",
        replace: "if (typeof sub !== 'string')",
      },
      {
        id: 'claims-expiry-time',
        defence: 'the expiry is a time that a calendar can hold',
        find: 'if (!isTime(exp))',
        replace: 'if (false)',
      },
      {
        id: 'claims-issue-time',
        defence: 'the time of issue is a time that a calendar can hold',
        find: 'if (!isTime(iat))',
        replace: 'if (false)',
      },
      {
        id: 'claims-email-verified',
        defence: 'an e-mail address counts as verified only if the pool says `true`',
        find: 'claims.email_verified === true',
        replace: 'claims.email_verified !== false',
        tests: ['cognito/answers'],
      },
      {
        id: 'claims-groups-list',
        defence: 'a text is no list of groups',
        find: 'if (!Array.isArray(groups)) return [];',
        replace: 'if (!Array.isArray(groups)) return [String(groups)];',
        tests: ['cognito/answers'],
      },
      {
        id: 'claims-groups-text',
        defence: 'a group is a text',
        find: "groups.filter((group): group is string => typeof group === 'string')",
        replace: 'groups',
        tests: ['cognito/answers'],
      },
    ],
  ),
];
