import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Landing, tryAuthorize } from '../authorize';
import { type Finding, ok, unknown, wrong } from '../finding';
import { adding, LOGIN_PAGES, updateClient } from '../fix';
import { nearMisses } from '../near-misses';
import type { Probe } from '../probe';

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
