import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Finding, ok, unknown, wrong } from '../finding';
import { type Answer, describe, membersOf, type Probe } from '../probe';

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

/** In seconds; a smaller difference is harmless. */
const TOLERANCE = 60;

/**
 * Checks that this machine's clock agrees with the user pool's. If it is behind, tokens are "not yet
 * valid" here; if it is ahead, they expire too soon.
 *
 * @param answers responses, with the `Date` header of their servers (RFC 9110, section 6.6.1)
 */
export function clock(answers: readonly Answer[]): Finding {
  const skews = answers.flatMap((answer) => {
    if (answer.kind === 'silence') return [];
    const theirs = Date.parse(answer.headers.get('date') ?? '') / 1000;
    return Number.isNaN(theirs) ? [] : [answer.at - theirs];
  });
  const [least] = skews.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  if (least === undefined)
    return unknown('clock', 'no response from the user pool has a Date header');
  const seconds = Math.round(Math.abs(least));
  if (seconds <= TOLERANCE) return ok('clock', `within ${TOLERANCE} s of the user pool's`);
  return wrong('clock', {
    problem: `This machine's clock is ${least > 0 ? 'ahead of' : 'behind'} the user pool's: tokens ${least > 0 ? 'expire too soon' : 'are rejected as not yet valid'}`,
    value: `${seconds} s`,
    fix: {
      here: 'Synchronize the system clock. Linux: sudo timedatectl set-ntp true; macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync. A container uses the clock of its host',
    },
  });
}

/**
 * Calls an operation that reads, with a token that Cognito never issued.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html
 *
 * @param probe sends the request
 * @param config the API's address
 */
export async function tryApi(probe: Probe, config: CognitoConfig): Promise<Answer> {
  return await probe({
    url: `${config.api}/`,
    call: { operation: 'GetUser', members: { AccessToken: 'doctor' } },
  });
}

/**
 * Checks that this machine reaches the API that the account pages call. It is on another host than
 * the sign-in pages, so a firewall can block it alone.
 *
 * @param config the API's address
 * @param answer the result of `tryApi`
 */
export function accountApi(config: CognitoConfig, answer: Answer): Finding {
  const { host } = new URL(config.api);
  if (answer.kind === 'silence') return unknown('account-api', describe(host, answer));
  const type = membersOf(answer).get('__type');
  // The only right response to that token. The name may have a prefix that ends with #.
  if (typeof type === 'string' && /(^|#)NotAuthorizedException$/.test(type)) {
    return ok('account-api', host);
  }
  if (typeof type === 'string' || answer.status === 429 || answer.status >= 500) {
    return unknown('account-api', describe(host, answer));
  }
  return wrong('account-api', {
    problem: `This is not a response of Cognito's API, so the account pages don't work: something between this machine and ${host} responds instead`,
    value: `HTTP ${answer.status}`,
    fix: {
      here: `Let the site's servers send HTTPS requests to ${host}, without a proxy that changes them`,
    },
  });
}
