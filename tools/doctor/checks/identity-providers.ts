import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { tryAuthorize } from '../authorize';
import { type Finding, ok, unknown, wrong } from '../finding';
import { adding, LOGIN_PAGES, updateClient } from '../fix';
import type { Probe } from '../probe';

const PAGE = `${LOGIN_PAGES} > Identity providers`;

/**
 * The finding for an app client without an identity provider.
 *
 * @param config the app client
 */
export function noProvider(config: CognitoConfig): Finding {
  return wrong('identity-providers', {
    problem: 'The app client has no identity provider, so no one can sign in',
    value: 'none',
    fix: {
      console: `${PAGE} > Cognito user pool directory`,
      command: updateClient(config, adding('SupportedIdentityProviders', ['COGNITO'])),
    },
  });
}

/**
 * Checks that a link to `/login?identity_provider=…` works. Cognito accepts any name at first, and
 * rejects an unknown one on the sign-in page.
 *
 * @param probe sends the requests
 * @param config the app client
 * @param name the name in the link, e.g. `Google`
 */
export async function identityProvider(
  probe: Probe,
  config: CognitoConfig,
  name: string,
): Promise<Finding> {
  const landing = await tryAuthorize(probe, config, { identity_provider: name });
  if (landing.kind === 'provider') return ok('identity-providers', name);
  const unclear = unknown(
    'identity-providers',
    `no response shows whether there is a provider named ${name}`,
  );
  if (landing.kind !== 'login') return unclear;
  const page = await probe({ url: landing.url });
  if (page.kind === 'silence') return unclear;
  if (page.status === 200 && name === 'COGNITO') return ok('identity-providers', name);
  if (page.status !== 401) return unclear;
  return wrong('identity-providers', {
    problem: `The app client has no identity provider named ${name} ("Login option is not available")`,
    value: name,
    fix: {
      here: 'Use the exact name, including case. The built-in names are COGNITO, Google, Facebook, LoginWithAmazon, SignInWithApple',
      console: PAGE,
      command: updateClient(config, adding('SupportedIdentityProviders', [name])),
    },
  });
}
