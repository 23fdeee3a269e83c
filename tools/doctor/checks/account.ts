import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Finding, ok, unknown, warning, wrong } from '../finding';
import { adding, LOGIN_PAGES, updateClient } from '../fix';
import { type Answer, describe, membersOf, type Probe } from '../probe';

/** Without it, no operation of the API accepts the user's access token. */
const SCOPE = 'aws.cognito.signin.user.admin';

/**
 * Checks that the site requests the scope that the account pages need. Whether the app client allows
 * it is part of the check `scopes`.
 *
 * @param config the scopes
 */
export function accountScope(config: CognitoConfig): Finding {
  if (config.scopes.split(' ').includes(SCOPE)) return ok('account-scope', SCOPE);
  return warning('account-scope', {
    problem:
      'The account pages need a scope that the site does not request, so users cannot change anything there',
    value: config.scopes,
    fix: {
      here: `Allow ${SCOPE}, then set COGNITO_SCOPES="${config.scopes} ${SCOPE}". Users get it at their next sign-in, not by a refresh. Without account pages, ignore this`,
      console: `${LOGIN_PAGES} > OpenID Connect scopes`,
      command: updateClient(config, adding('AllowedOAuthScopes', [SCOPE])),
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
