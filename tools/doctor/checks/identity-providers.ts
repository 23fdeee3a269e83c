import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { tryAuthorize } from '../authorize';
import { type Finding, ok, unknown, wrong } from '../finding';
import { adding, LOGIN_PAGES, updateClient } from '../fix';
import type { Probe } from '../probe';

const PAGE = `${LOGIN_PAGES} > Identity providers`;

/**
 * The finding for an app client without any.
 *
 * @param config the app client
 */
export function noProvider(config: CognitoConfig): Finding {
  return wrong('identity-providers', {
    problem: 'The app client has no identity provider that it could ask: nobody can sign in',
    value: 'none',
    fix: {
      console: `${PAGE} > Cognito user pool directory`,
      command: updateClient(config, adding('SupportedIdentityProviders', ['COGNITO'])),
    },
  });
}

/**
 * Whether a link to `/login?identity_provider=…` leads anywhere. Cognito accepts any name, and
 * refuses an unknown one on the sign-in page.
 *
 * @param probe asks
 * @param config the app client
 * @param name as in the link, e.g. `Google`
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
    `no answer says whether there is one named ${name}`,
  );
  if (landing.kind !== 'login') return unclear;
  const page = await probe({ url: landing.url });
  if (page.kind === 'silence') return unclear;
  if (page.status === 200 && name === 'COGNITO') return ok('identity-providers', name);
  if (page.status !== 401) return unclear;
  return wrong('identity-providers', {
    problem: `The app client has no identity provider with this name ("Login option is not available")`,
    value: name,
    fix: {
      here: 'Names are compared byte for byte, and the built-in ones are COGNITO, Google, Facebook, LoginWithAmazon, SignInWithApple',
      console: PAGE,
      command: updateClient(config, adding('SupportedIdentityProviders', [name])),
    },
  });
}
