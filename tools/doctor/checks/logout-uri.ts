import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { logoutUrl } from '../../../lib/cognito/protocol/hosted-ui';
import { locationOf } from '../authorize';
import { type Finding, ok, unknown, wrong } from '../finding';
import { adding, LOGIN_PAGES, updateClient } from '../fix';
import { nearMisses } from '../near-misses';
import { describe, type Probe } from '../probe';

export type LogoutTrial =
  | { readonly kind: 'registered' }
  | { readonly kind: 'unregistered'; readonly near: string | undefined }
  | { readonly kind: 'unclear'; readonly why: string };

/**
 * Sends the same sign-out request as the site, with its logout URI. If Cognito rejects the URI, tries its
 * near misses. Without a cookie, the request doesn't sign anyone out.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 *
 * @param probe sends the requests
 * @param config the app client
 */
export async function tryLogout(probe: Probe, config: CognitoConfig): Promise<LogoutTrial> {
  const first = await leaveTo(probe, config, config.logoutUri);
  if (first.kind !== 'unregistered') return first;
  const uris = nearMisses(config.logoutUri);
  const trials = await Promise.all(uris.map((uri) => leaveTo(probe, config, uri)));
  return { kind: 'unregistered', near: uris.find((_, at) => trials[at]?.kind === 'registered') };
}

async function leaveTo(probe: Probe, config: CognitoConfig, uri: string): Promise<LogoutTrial> {
  const answer = await probe({ url: logoutUrl({ ...config, logoutUri: uri }) });
  const location = locationOf(answer, config.domain);
  if (location?.href === new URL(uri).href) return { kind: 'registered' };
  const onErrorPage = location?.origin === config.domain && location.pathname === '/error';
  if (onErrorPage || (answer.kind === 'answer' && answer.status === 400)) {
    return { kind: 'unregistered', near: undefined };
  }
  return { kind: 'unclear', why: describe(new URL(config.domain).host, answer) };
}

/**
 * Checks that exactly this logout URI is registered.
 *
 * @param config the app client
 * @param trial the result of `tryLogout`
 * @param isKnown whether the app client certainly exists
 */
export function logoutUri(config: CognitoConfig, trial: LogoutTrial, isKnown: boolean): Finding {
  if (trial.kind === 'registered') return ok('logout-uri', config.logoutUri);
  if (trial.kind === 'unclear') return unknown('logout-uri', trial.why);
  if (!isKnown) return unknown('logout-uri', "we couldn't confirm that the app client exists");
  const { near } = trial;
  return wrong('logout-uri', {
    problem: `The logout URI is not one of the app client's allowed sign-out URLs: signing out ends on Cognito's error page${near === undefined ? '' : `. A similar URL is registered: ${near}`}`,
    value: config.logoutUri,
    fix: {
      here:
        near === undefined
          ? 'Register exactly this URL. By default it is the origin of COGNITO_REDIRECT_URI with a trailing slash; COGNITO_LOGOUT_URI changes it'
          : `If users should land on ${near}, set COGNITO_LOGOUT_URI=${near}. Otherwise register ${config.logoutUri}`,
      console: `${LOGIN_PAGES} > Allowed sign-out URLs`,
      command: updateClient(config, adding('LogoutURLs', [config.logoutUri])),
    },
  });
}
