import type { CognitoConfig } from '../../lib/cognito/protocol/cognito-config';
import { authorizeUrl, type Hints } from '../../lib/cognito/protocol/hosted-ui';
import { codeChallenge, randomToken } from '../../lib/cognito/protocol/pkce';
import { asUrl } from '../../lib/cognito/protocol/url';
import { type Answer, describe, type Probe } from './probe';

/** Where an authorization request leads. The doctor doesn't follow redirects to the site. */
export type Landing =
  /** The sign-in page, at this address: the request is valid. */
  | { readonly kind: 'login'; readonly url: string }
  /** An identity provider: the request is valid too. */
  | { readonly kind: 'provider' }
  /** The domain's own error page: Cognito rejects the client or the redirect URI. */
  | { readonly kind: 'refused'; readonly error: string }
  /** The site's callback, with an error: Cognito accepts the client and the redirect URI. */
  | { readonly kind: 'callback'; readonly error: string }
  | { readonly kind: 'unclear'; readonly why: string };

/**
 * Sends the same authorization request as the site, with PKCE, and checks where it leads. It sends no
 * cookies, so there is no signed-in user and Cognito never issues a code.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 *
 * @param probe sends the request
 * @param config the app client, with the redirect URI and the scopes to try
 * @param hints e.g. an identity provider
 */
export async function tryAuthorize(
  probe: Probe,
  config: CognitoConfig,
  hints: Hints = {},
): Promise<Landing> {
  const url = authorizeUrl(config, {
    state: randomToken(),
    nonce: randomToken(),
    codeChallenge: await codeChallenge(randomToken()),
    hints,
  });
  return landingOf(await probe({ url }), config);
}

function landingOf(answer: Answer, { domain, redirectUri }: CognitoConfig): Landing {
  const location = locationOf(answer, domain);
  if (!location) return { kind: 'unclear', why: describe(new URL(domain).host, answer) };
  const error = location.searchParams.get('error') ?? '';
  if (location.href.split('?')[0] === redirectUri.split('?')[0]) {
    return { kind: 'callback', error };
  }
  // A pool with two domains may show its error page on the other one.
  if (location.pathname === '/error') return { kind: 'refused', error };
  if (location.origin === domain && location.pathname === '/login') {
    return { kind: 'login', url: location.href };
  }
  return { kind: 'provider' };
}

/**
 * Where a response redirects to.
 *
 * @param answer from a probe
 * @param base the base URL for a relative address
 * @returns undefined if the response isn't a redirect
 */
export function locationOf(answer: Answer, base: string): URL | undefined {
  if (answer.kind === 'silence' || answer.status < 300 || answer.status > 399) return undefined;
  const location = answer.headers.get('location');
  return location === null ? undefined : asUrl(location, base);
}
