import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { logoutUrl } from '../../../lib/cognito/protocol/hosted-ui';
import { adding, type Finding, LOGIN_PAGES, ok, unknown, updateClient, wrong } from '../finding';
import { describe, type Landing, locationOf, type Probe, tryAuthorize } from '../probe';

/** The port that is often registered for development. */
const USUAL_PORT = ':3000';

/**
 * Addresses that are often registered by mistake: with or without a trailing slash, with the other
 * scheme, with another port or none, with or without `www`, and all combinations of these.
 *
 * @param uri an absolute http or https address, as text
 * @returns the variants, fewest differences first; none for any other text
 */
function nearMisses(uri: string): readonly string[] {
  const parts = /^(https?):\/\/(www\.)?(\[[^\]]*\]|[^/:]+)(:\d+)?(.*?)(\/?)$/.exec(uri);
  if (!parts) return [];
  const [, scheme = '', www = '', host = '', port = '', path = '', slash = ''] = parts;
  const misses: { uri: string; differences: number }[] = [];
  for (const otherScheme of [scheme, scheme === 'https' ? 'http' : 'https']) {
    for (const otherWww of [www, www === '' ? 'www.' : '']) {
      for (const otherPort of new Set([port, '', USUAL_PORT])) {
        for (const otherSlash of [slash, slash === '' ? '/' : '']) {
          const differs = [
            otherScheme !== scheme,
            otherWww !== www,
            otherPort !== port,
            otherSlash !== slash,
          ];
          misses.push({
            uri: `${otherScheme}://${otherWww}${host}${otherPort}${path}${otherSlash}`,
            differences: differs.filter(Boolean).length,
          });
        }
      }
    }
  }
  return misses
    .filter(({ differences }) => differences > 0)
    .toSorted((a, b) => a.differences - b.differences)
    .map((miss) => miss.uri);
}

/** A similar redirect URI, and the result of the request with it. */
export interface NearMiss {
  readonly uri: string;
  readonly landing: Landing;
}

/** Whether Cognito rejects the redirect URI. */
export function isMismatch(landing: Landing): boolean {
  return landing.kind === 'refused' && landing.error === 'redirect_mismatch';
}

/**
 * Looks for a similar redirect URI that is registered.
 *
 * @param probe sends the requests
 * @param config the app client
 * @returns the closest one that is registered; undefined if none is
 */
export async function findNearMiss(
  probe: Probe,
  config: CognitoConfig,
): Promise<NearMiss | undefined> {
  const tried = await Promise.all(
    nearMisses(config.redirectUri).map(async (uri) => {
      return { uri, landing: await tryAuthorize(probe, { ...config, redirectUri: uri }) };
    }),
  );
  return tried.find(({ landing }) => landing.kind !== 'unclear' && landing.kind !== 'refused');
}

/**
 * Checks that exactly this redirect URI is registered.
 *
 * @param config the app client
 * @param landing where the site's own authorization request led
 * @param near the result of `findNearMiss`
 */
export function redirectUri(
  config: CognitoConfig,
  landing: Landing,
  near: NearMiss | undefined,
): Finding {
  const { kind } = landing;
  if (kind === 'login' || kind === 'provider' || kind === 'callback') {
    return ok('redirect-uri', config.redirectUri);
  }
  if (!isMismatch(landing)) return unknown('redirect-uri', 'no request reached the app client');
  return wrong('redirect-uri', {
    problem: `The redirect URI is not one of the app client's allowed callback URLs (redirect_mismatch)${near ? `. A similar URL is registered: ${near.uri}` : '. No URL that differs only in slash, scheme, port or www is registered either'}`,
    value: config.redirectUri,
    fix: {
      here: near
        ? `If the site is at ${near.uri}, set COGNITO_REDIRECT_URI=${near.uri}. Otherwise register ${config.redirectUri}`
        : 'Register exactly this URL; a change takes about a minute',
      console: `${LOGIN_PAGES} > Allowed callback URLs`,
      command: updateClient(config, adding('CallbackURLs', [config.redirectUri])),
    },
  });
}

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
