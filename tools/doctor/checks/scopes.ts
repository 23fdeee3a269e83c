import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Landing, tryAuthorize } from '../authorize';
import { type Finding, ok, unknown, wrong } from '../finding';
import { adding, LOGIN_PAGES, updateClient } from '../fix';
import type { Probe } from '../probe';

/** What came of one scope, beside `openid`. */
export interface ScopeTrial {
  readonly scope: string;
  readonly landing: Landing;
}

/** Whether Cognito refuses one of these scopes. */
export function isScopeRefused(landing: Landing): boolean {
  return landing.kind === 'callback' && landing.error === 'invalid_scope';
}

/**
 * Asks for each scope by itself: Cognito does not say which one it refuses.
 *
 * @param probe asks
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
 * Whether the app client allows each scope.
 *
 * @param config the app client
 * @param landing of the request with all scopes
 * @param trials of each, if that was refused for them
 */
export function scopes(
  config: CognitoConfig,
  landing: Landing,
  trials: readonly ScopeTrial[],
): Finding {
  if (landing.kind === 'login' || landing.kind === 'provider') return ok('scopes', config.scopes);
  if (!isScopeRefused(landing)) return unknown('scopes', 'no request got as far as that');
  const refused = trials.filter((trial) => isScopeRefused(trial.landing));
  // Where `openid` is refused, so is whatever stands beside it.
  const names = refused.some(({ scope }) => scope === 'openid')
    ? ['openid']
    : refused.map(({ scope }) => scope);
  if (names.length === 0) return unknown('scopes', 'each is allowed by itself, all together not');
  const left = config.scopes.split(' ').filter((scope) => !names.includes(scope));
  return wrong('scopes', {
    problem: `The app client does not allow ${names.join(', ')} (invalid_scope)`,
    value: config.scopes,
    fix: {
      here: names.includes('openid')
        ? 'Allow openid: without it there is no ID token'
        : `Allow it, or do without: COGNITO_SCOPES="${left.join(' ')}"`,
      console: `${LOGIN_PAGES} > OpenID Connect scopes`,
      command: updateClient(config, adding('AllowedOAuthScopes', names)),
    },
  });
}
