import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Finding, ok, unknown, wrong } from '../finding';
import { type Answer, describe, membersOf } from '../probe';

/** One pair for the ID tokens, one for the access tokens. */
const KEYS = 2;

/**
 * Whether the user pool exists in this region, and has its keys.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * @param config the user pool
 * @param answer of `<issuer>/.well-known/jwks.json`
 */
export function userPool(config: CognitoConfig, answer: Answer): Finding {
  const { issuer, userPoolId, region } = config;
  const { host } = new URL(issuer);
  if (answer.kind === 'silence') {
    // A region that is none has no host, but neither has any where there is no network.
    const either = ': either this machine is offline, or COGNITO_REGION is no region';
    const hint = answer.reason === 'no-such-host' ? either : '';
    return unknown('user-pool', `${describe(host, answer)}${hint}`);
  }
  const { status } = answer;
  if (status === 400 || status === 404) {
    const message = membersOf(answer).get('message');
    const said = typeof message === 'string' && message.includes('does not exist');
    return wrong('user-pool', {
      problem: said
        ? `There is no user pool ${userPoolId} in ${region}: the id is wrong, or the pool was deleted`
        : `${host} has no key set of this user pool`,
      value: userPoolId,
      fix: {
        here: 'Set COGNITO_USER_POOL_ID and COGNITO_REGION to those of the pool; an id has upper and lower case',
        console: 'Amazon Cognito > User pools > your pool > Overview > User pool ID',
        command: `aws cognito-idp list-user-pools --max-results 60 --region ${region}`,
      },
    });
  }
  if (status !== 200) return unknown('user-pool', describe(host, answer));
  const count = rsaKeys(answer);
  if (count === KEYS) return ok('user-pool', `${userPoolId}, ${count} RSA keys`);
  return wrong('user-pool', {
    problem: `The key set of a user pool has ${KEYS} RSA keys, one for each kind of token; this one is another`,
    value: `${count} RSA ${count === 1 ? 'key' : 'keys'} at ${issuer}/.well-known/jwks.json`,
    fix: {
      here: 'Leave COGNITO_ISSUER out, unless the pool has another issuer; then set it to exactly that one',
      console: 'Amazon Cognito > User pools > your pool > Overview > Token signing key URL',
    },
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
 * Whether the user pool names itself as the site expects: tokens with another issuer are refused.
 *
 * @param config the user pool
 * @param discovery the answer of `<issuer>/.well-known/openid-configuration`
 */
export function issuer(config: CognitoConfig, discovery: Answer): Finding {
  const named = membersOf(discovery).get('issuer');
  if (typeof named !== 'string') {
    return unknown('issuer', describe(new URL(config.issuer).host, discovery));
  }
  if (named === config.issuer) return ok('issuer', named);
  return wrong('issuer', {
    problem: `The user pool signs as ${named}: every token would be refused after a good sign-in`,
    value: config.issuer,
    fix: { here: `Set COGNITO_ISSUER=${named}` },
  });
}
