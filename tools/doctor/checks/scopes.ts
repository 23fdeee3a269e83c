import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import {
  adding,
  type Finding,
  LOGIN_PAGES,
  ok,
  unknown,
  updateClient,
  warning,
  wrong,
} from '../finding';
import { type Landing, type Probe, tryAuthorize } from '../probe';

/** The result of a request for one scope, together with `openid`. */
export interface ScopeTrial {
  readonly scope: string;
  readonly landing: Landing;
}

/** Whether Cognito rejects one of the scopes. */
export function isScopeRefused(landing: Landing): boolean {
  return landing.kind === 'callback' && landing.error === 'invalid_scope';
}

/**
 * Requests each scope separately, because Cognito doesn't say which one it rejects.
 *
 * @param probe sends the requests
 * @param config the app client
 */
export async function tryScopes(
  probe: Probe,
  config: CognitoConfig,
): Promise<readonly ScopeTrial[]> {
  return await Promise.all(
    [...new Set(config.scopes.split(' '))].map(async (scope) => {
      const scopes = scope === 'openid' ? scope : `openid ${scope}`;
      return { scope, landing: await tryAuthorize(probe, { ...config, scopes }) };
    }),
  );
}

/**
 * Checks that the app client allows each scope.
 *
 * @param config the app client
 * @param landing where the request with all scopes led
 * @param trials the result of `tryScopes`, if Cognito rejected the scopes
 */
export function scopes(
  config: CognitoConfig,
  landing: Landing,
  trials: readonly ScopeTrial[],
): Finding {
  if (landing.kind === 'login' || landing.kind === 'provider') return ok('scopes', config.scopes);
  if (!isScopeRefused(landing))
    return unknown('scopes', 'the authorization request failed before this check');
  const refused = trials.filter((trial) => isScopeRefused(trial.landing));
  // If `openid` is rejected, so is every scope requested with it.
  const names = refused.some(({ scope }) => scope === 'openid')
    ? ['openid']
    : refused.map(({ scope }) => scope);
  if (names.length === 0)
    return unknown('scopes', 'Cognito allows each scope on its own, but not all of them together');
  const left = config.scopes.split(' ').filter((scope) => !names.includes(scope));
  return wrong('scopes', {
    problem: `The app client does not allow ${names.join(', ')} (invalid_scope)`,
    value: config.scopes,
    fix: {
      here: names.includes('openid')
        ? 'Allow openid: without it, Cognito issues no ID token'
        : `Allow ${names.length === 1 ? 'it' : 'them'}, or set COGNITO_SCOPES="${left.join(' ')}"`,
      console: `${LOGIN_PAGES} > OpenID Connect scopes`,
      command: updateClient(config, adding('AllowedOAuthScopes', names)),
    },
  });
}

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
