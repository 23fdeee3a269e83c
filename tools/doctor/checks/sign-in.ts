import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import {
  adding,
  type Finding,
  LOGIN_PAGES,
  ofClient,
  ofPool,
  ok,
  unknown,
  updateClient,
  wrong,
} from '../finding';
import { type Answer, describe, type Landing, type Probe, tryAuthorize } from '../probe';
import { findNearMiss, isMismatch, type NearMiss, redirectUri } from './registered-urls';
import { isScopeRefused, type ScopeTrial, scopes, tryScopes } from './scopes';

/** The part of a sign-in that needs no user. */
export interface SignInTrial {
  /** Where the site's own request led. */
  readonly landing: Landing;
  readonly near: NearMiss | undefined;
  /** Where the request led with a registered redirect URI, if one was found. */
  readonly beyond: Landing;
  readonly scopes: readonly ScopeTrial[];
  /** The response of the sign-in page, if any request led there. */
  readonly page: Answer | undefined;
}

/**
 * Starts a sign-in. If Cognito rejects it, tries to get further with other values, so that one run finds
 * every problem.
 *
 * @param probe sends the requests
 * @param config the app client
 */
export async function trySignIn(probe: Probe, config: CognitoConfig): Promise<SignInTrial> {
  const landing = await tryAuthorize(probe, config);
  const near = isMismatch(landing) ? await findNearMiss(probe, config) : undefined;
  const beyond = near?.landing ?? landing;
  const usable = { ...config, redirectUri: near?.uri ?? config.redirectUri };
  const trials = isScopeRefused(beyond) ? await tryScopes(probe, usable) : [];
  const login = [beyond, ...trials.map((trial) => trial.landing)].find(isLogin);
  const page = login ? await probe({ url: login.url }) : undefined;
  return { landing, near, beyond, scopes: trials, page };
}

function isLogin(landing: Landing): landing is Extract<Landing, { kind: 'login' }> {
  return landing.kind === 'login';
}

/**
 * What the sign-in shows about the app client.
 *
 * @param config the app client
 * @param trial from `trySignIn`
 * @param isKnown whether the app client certainly exists
 */
export function signIn(config: CognitoConfig, trial: SignInTrial, isKnown: boolean): Finding[] {
  const { landing, near, beyond } = trial;
  if (landing.kind === 'unclear') {
    const known = isKnown ? ok('app-client', config.clientId) : unknown('app-client', landing.why);
    return [known, ...REST.map((check) => unknown(check, landing.why))];
  }
  const isRefused = landing.kind === 'refused' && landing.error === 'invalid_request';
  if (isRefused && isKnown) return [ok('app-client', config.clientId), noProvider(config)];
  if (isRefused) return [noSuchClient(config), ...REST.map((check) => unknown(check, NOT_KNOWN))];
  if (!isKnown) {
    const why = 'Cognito showed an error page that says nothing about app clients';
    return [unknown('app-client', why), ...REST.map((check) => unknown(check, why))];
  }
  return [
    ok('app-client', config.clientId),
    redirectUri(config, landing, near),
    codeGrant(config, trial),
    scopes(config, beyond, trial.scopes),
    ...loginPages(config, trial),
  ];
}

const REST = ['redirect-uri', 'code-grant', 'scopes', 'identity-providers', 'login-pages'] as const;
const NOT_KNOWN = "we couldn't confirm that the app client exists";

/** Cognito returns the same error for a client without an identity provider. */
function noSuchClient(config: CognitoConfig): Finding {
  return wrong('app-client', {
    problem:
      'The user pool has no app client with this ID, or the app client has no identity provider: Cognito returns the same error for both',
    value: config.clientId,
    fix: {
      here: 'Set COGNITO_CLIENT_ID to the ID of an app client of this user pool. If the ID is right, add an identity provider to the app client',
      console: 'Amazon Cognito > User pools > your pool > Applications > App clients',
      command: `aws cognito-idp list-user-pool-clients ${ofPool(config)}`,
    },
  });
}

function codeGrant(config: CognitoConfig, { beyond, scopes: trials }: SignInTrial): Finding {
  const landings = [beyond, ...trials.map((trial) => trial.landing)];
  const isOff = landings.some((landing) => {
    const hasError = landing.kind === 'callback' || landing.kind === 'refused';
    return hasError && landing.error === 'unauthorized_client';
  });
  if (isOff) {
    return wrong('code-grant', {
      problem:
        'The app client does not allow the authorization code grant, or OAuth at all (unauthorized_client)',
      value: 'off',
      fix: {
        console: `${LOGIN_PAGES} > OAuth grant types > Authorization code grant`,
        command: updateClient(
          config,
          '.AllowedOAuthFlowsUserPoolClient = true | .AllowedOAuthFlows = ((.AllowedOAuthFlows // []) + ["code"] | unique)',
        ),
      },
    });
  }
  const isOn = landings.some(({ kind }) => kind === 'login' || kind === 'provider');
  return isOn ? ok('code-grant', 'on') : unknown('code-grant', whyNot(beyond));
}

function whyNot(landing: Landing): string {
  if (isMismatch(landing)) return 'no registered redirect URI was found';
  if (landing.kind !== 'callback') return 'the authorization request failed before this check';
  const error = /^[\w ]{1,40}$/.test(landing.error) ? landing.error : 'another error';
  return `the request returned to the callback with ${error}`;
}

function loginPages(config: CognitoConfig, { beyond, page }: SignInTrial): Finding[] {
  if (!page) {
    if (beyond.kind === 'provider') {
      const seen = 'skipped: the request leads straight to an identity provider';
      return [ok('login-pages', seen), ok('identity-providers', 'one, without a choice')];
    }
    return PAGES.map((check) => unknown(check, whyNot(beyond)));
  }
  const status = page.kind === 'answer' ? page.status : 0;
  if (status === 200) return [ok('identity-providers', 'at least one'), ok('login-pages', 'shown')];
  if (status === 401) {
    return [noProvider(config), unknown('login-pages', 'there is no identity provider to show')];
  }
  const providers = unknown('identity-providers', 'the sign-in page was not shown');
  if (status !== 403) {
    return [providers, unknown('login-pages', describe(new URL(config.domain).host, page))];
  }
  return [
    providers,
    wrong('login-pages', {
      problem:
        'Cognito does not show the sign-in page ("Login pages unavailable"): managed login has no branding style for this app client',
      value: 'HTTP 403',
      fix: {
        console:
          'Amazon Cognito > User pools > your pool > Branding > Managed login > Create a style',
        command: `aws cognito-idp create-managed-login-branding ${ofClient(config)} --use-cognito-provided-values`,
      },
    }),
  ];
}

const PAGES = ['identity-providers', 'login-pages'] as const;

const PAGE = `${LOGIN_PAGES} > Identity providers`;

/**
 * The finding for an app client without an identity provider.
 *
 * @param config the app client
 */
function noProvider(config: CognitoConfig): Finding {
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
