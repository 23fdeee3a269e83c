import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Finding, ok, unknown, wrong } from '../finding';
import { type Answer, describe, membersOf } from '../probe';

/** One key signs ID tokens, the other access tokens. */
const KEYS = 2;

/**
 * Checks that the user pool exists in this region, and has the expected keys.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * @param config the user pool
 * @param answer the response of `<issuer>/.well-known/jwks.json`
 */
export function userPool(config: CognitoConfig, answer: Answer): Finding {
  const { issuer, userPoolId, region } = config;
  const { host } = new URL(issuer);
  if (answer.kind === 'silence') {
    // An invalid region has no host; without a network, no host is found either.
    const either = '. Either this machine is offline, or COGNITO_REGION is not an AWS region';
    const hint = answer.reason === 'no-such-host' ? either : '';
    return unknown(
      'user-pool',
      `${describe(host, answer)}${isIssuerOfPool(config) ? hint : OWN_ISSUER}`,
    );
  }
  const { status } = answer;
  if ((status === 400 || status === 404) && !isIssuerOfPool(config)) return wrongIssuer(config);
  if (status === 400 || status === 404) {
    const message = membersOf(answer).get('message');
    const said = typeof message === 'string' && message.includes('does not exist');
    return wrong('user-pool', {
      problem: said
        ? `There is no user pool ${userPoolId} in ${region}: the ID is wrong, or the pool was deleted`
        : `${host} has no key set for this user pool`,
      value: userPoolId,
      fix: {
        here: 'Set COGNITO_USER_POOL_ID and COGNITO_REGION to those of your pool; the ID is case-sensitive',
        console: 'Amazon Cognito > User pools > your pool > Overview > User pool ID',
        command: `aws cognito-idp list-user-pools --max-results 60 --region ${region}`,
      },
    });
  }
  if (status !== 200) return unknown('user-pool', describe(host, answer));
  const count = rsaKeys(answer);
  if (count === KEYS) return ok('user-pool', `${userPoolId}, ${count} RSA keys`);
  return wrong('user-pool', {
    problem: `This is not the key set of a user pool, which has ${KEYS} RSA keys: one for ID tokens, one for access tokens`,
    value: `${count} RSA ${count === 1 ? 'key' : 'keys'} at ${issuer}/.well-known/jwks.json`,
    fix: FIX_ISSUER,
  });
}

const FIX_ISSUER = {
  here: 'Unset COGNITO_ISSUER, unless the pool has an issuer other than the default: then set it to exactly that issuer',
  console: 'Amazon Cognito > User pools > your pool > Overview > Token signing key URL',
};
const OWN_ISSUER =
  '. COGNITO_ISSUER says to ask there: unset it, unless the pool has another issuer';

/** Otherwise COGNITO_ISSUER leads elsewhere, and nothing was learned about the user pool ID. */
function isIssuerOfPool({ issuer, userPoolId }: CognitoConfig): boolean {
  return new URL(issuer).pathname === `/${userPoolId}`;
}

function wrongIssuer({ issuer }: CognitoConfig): Finding {
  return wrong('user-pool', {
    problem: 'There is no key set of a user pool below COGNITO_ISSUER',
    value: `${issuer}/.well-known/jwks.json`,
    fix: FIX_ISSUER,
  });
}

function rsaKeys(answer: Answer): number {
  const keys = membersOf(answer).get('keys');
  if (!Array.isArray(keys)) return 0;
  return keys.filter((key: unknown) => {
    return typeof key === 'object' && key !== null && Reflect.get(key, 'kty') === 'RSA';
  }).length;
}

/**
 * Checks that the user pool has the issuer that the site expects. Tokens from another issuer are rejected.
 *
 * @param config the user pool
 * @param discovery the response of `<issuer>/.well-known/openid-configuration`
 */
export function issuer(config: CognitoConfig, discovery: Answer): Finding {
  const named = membersOf(discovery).get('issuer');
  if (typeof named !== 'string') {
    return unknown('issuer', describe(new URL(config.issuer).host, discovery));
  }
  if (named === config.issuer) return ok('issuer', named);
  return wrong('issuer', {
    problem: `The user pool's issuer is ${named}: the site would reject every token after a successful sign-in`,
    value: config.issuer,
    fix: { here: `Set COGNITO_ISSUER=${named}` },
  });
}
