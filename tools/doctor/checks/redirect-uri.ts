import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Landing, tryAuthorize } from '../authorize';
import { type Finding, ok, unknown, wrong } from '../finding';
import { adding, LOGIN_PAGES, updateClient } from '../fix';
import { nearMisses } from '../near-misses';
import type { Probe } from '../probe';

/** An address that may be registered in place of the configured one, and what came of it. */
export interface NearMiss {
  readonly uri: string;
  readonly landing: Landing;
}

/** Whether Cognito refuses this redirect URI. */
export function isMismatch(landing: Landing): boolean {
  return landing.kind === 'refused' && landing.error === 'redirect_mismatch';
}

/**
 * Looks for the redirect URI that is registered instead.
 *
 * @param probe asks
 * @param config the app client
 * @returns the nearest that is; undefined if none of them is
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
 * Whether the redirect URI is registered byte for byte.
 *
 * @param config the app client
 * @param landing of the site's own authorization request
 * @param near what was found instead
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
  if (!isMismatch(landing)) return unknown('redirect-uri', 'the app client could not be asked');
  return wrong('redirect-uri', {
    problem: `The redirect URI is not among the allowed callback URLs of the app client (redirect_mismatch)${near ? `. Registered is ${near.uri}` : '; neither is one that differs by slash, scheme, port or www'}`,
    value: config.redirectUri,
    fix: {
      here: near
        ? `If the site is at ${near.uri}, set COGNITO_REDIRECT_URI=${near.uri}; else register the other`
        : 'Register COGNITO_REDIRECT_URI byte for byte; a change takes about a minute',
      console: `${LOGIN_PAGES} > Allowed callback URLs`,
      command: updateClient(config, adding('CallbackURLs', [config.redirectUri])),
    },
  });
}
