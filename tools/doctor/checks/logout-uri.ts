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
 * Asks to be sent to the logout URI after a sign-out, as the site does; if that is refused, to its
 * near misses. Without a cookie nobody is signed out.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 *
 * @param probe asks
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
 * Whether the logout URI is registered byte for byte.
 *
 * @param config the app client
 * @param trial what came of it
 * @param isKnown whether the app client exists for certain
 */
export function logoutUri(config: CognitoConfig, trial: LogoutTrial, isKnown: boolean): Finding {
  if (trial.kind === 'registered') return ok('logout-uri', config.logoutUri);
  if (trial.kind === 'unclear') return unknown('logout-uri', trial.why);
  if (!isKnown) return unknown('logout-uri', 'the app client is not known');
  const { near } = trial;
  return wrong('logout-uri', {
    problem: `The logout URI is not among the allowed sign-out URLs of the app client: a sign-out ends on Cognito's error page${near === undefined ? '' : `. Registered is ${near}`}`,
    value: config.logoutUri,
    fix: {
      here:
        near === undefined
          ? 'Register COGNITO_LOGOUT_URI byte for byte; without it, it is the origin of COGNITO_REDIRECT_URI and a slash'
          : `If ${near} is where people shall come to, set COGNITO_LOGOUT_URI=${near}; else register the other`,
      console: `${LOGIN_PAGES} > Allowed sign-out URLs`,
      command: updateClient(config, adding('LogoutURLs', [config.logoutUri])),
    },
  });
}
