import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { asUrl } from '../../../lib/cognito/protocol/wire';
import { type Finding, ofPool, ok, unknown, warning, wrong } from '../finding';
import { type Answer, describe, type Landing, membersOf } from '../probe';

/** The domain in the user pool's discovery document. */
export type NamedDomain =
  | { readonly kind: 'named'; readonly origin: string }
  /** The pool has no domain: its endpoints are below the issuer, where nothing responds. */
  | { readonly kind: 'none' }
  | { readonly kind: 'silent' };

/**
 * Reads the domain from a discovery document.
 *
 * @param config the user pool
 * @param discovery the response of `<issuer>/.well-known/openid-configuration`
 */
export function namedDomain(config: CognitoConfig, discovery: Answer): NamedDomain {
  const endpoint = membersOf(discovery).get('authorization_endpoint');
  const url = typeof endpoint === 'string' ? asUrl(endpoint) : undefined;
  if (!url) return { kind: 'silent' };
  if (url.href.startsWith(`${config.issuer}/`)) return { kind: 'none' };
  return { kind: 'named', origin: url.origin };
}

/**
 * The domain on which to check the app client. If the configured domain belongs to another pool, this is
 * the right one, so that the same run can check the other settings there.
 *
 * @param config the configuration
 * @param named the domain in the discovery document
 * @returns an origin; undefined if the pool has no domain
 */
export function domainToAsk(config: CognitoConfig, named: NamedDomain): string | undefined {
  if (named.kind === 'none') return undefined;
  if (named.kind === 'silent' || mayHaveBoth(config.domain, named.origin)) return config.domain;
  return named.origin;
}

/**
 * Whether the client secret may be sent to the configured domain: only if it is the user pool's domain,
 * or certainly belongs to Cognito. The secret is sent nowhere else.
 *
 * @param config the configuration
 * @param named the domain in the discovery document
 */
export function mayHaveSecret(config: CognitoConfig, named: NamedDomain): boolean {
  if (named.kind !== 'named') return false;
  return named.origin === config.domain || mayHaveBoth(config.domain, named.origin);
}

/** The discovery document of a pool with a prefix and a custom domain names only the custom domain. */
function mayHaveBoth(configured: string, named: string): boolean {
  const prefix = /\.amazoncognito\.com(\.cn)?$/;
  return configured !== named && prefix.test(configured) && !prefix.test(named);
}

/**
 * Checks that the domain exists, is a Cognito domain, and belongs to this user pool.
 *
 * @param config the configuration
 * @param named the domain in the discovery document
 * @param bare the response of the domain's `/oauth2/authorize` without parameters
 * @param landing where the authorization request led, if one was sent to the domain
 */
export function domain(
  config: CognitoConfig,
  named: NamedDomain,
  bare: Answer,
  landing: Landing | undefined,
): Finding {
  const { host } = new URL(config.domain);
  if (named.kind === 'none') return noDomain(config);
  const both = named.kind === 'named' && mayHaveBoth(config.domain, named.origin);
  if (named.kind === 'named' && named.origin !== config.domain && !both) {
    return wrong('domain', {
      problem: `COGNITO_DOMAIN is not the domain of this user pool, which is ${named.origin}`,
      value: config.domain,
      fix: { here: `Set COGNITO_DOMAIN=${named.origin}`, console: DOMAIN_PAGE },
    });
  }
  if (bare.kind === 'silence') {
    // If the pool responded, this machine is not offline.
    if (bare.reason !== 'no-such-host' || named.kind === 'silent') {
      return unknown('domain', describe(host, bare));
    }
    return wrong('domain', {
      problem: `The host ${host} was not found: the domain does not exist, was deleted, or was created less than an hour ago`,
      value: config.domain,
      fix: { here: 'Set COGNITO_DOMAIN to the domain of the pool', console: DOMAIN_PAGE },
    });
  }
  if (bare.status >= 500 || bare.status === 429) return unknown('domain', describe(host, bare));
  if (!bare.headers.has('x-amz-cognito-request-id')) {
    return wrong('domain', {
      problem: `${host} responds, but it is not Cognito`,
      value: config.domain,
      fix: { here: 'Set COGNITO_DOMAIN to the domain of the pool', console: DOMAIN_PAGE },
    });
  }
  if (named.kind === 'silent') {
    return unknown(
      'domain',
      `${host} is a Cognito domain, but we couldn't confirm that it belongs to this user pool`,
    );
  }
  // Only the domains of its own pool know a client.
  if (!both || (landing && isOfKnownClient(landing))) return ok('domain', config.domain);
  return warning('domain', {
    problem: `The user pool reports ${named.origin} as its domain. We couldn't confirm that it has this one too`,
    value: config.domain,
    fix: {
      here: `If it doesn't have this domain, set COGNITO_DOMAIN=${named.origin}`,
      console: DOMAIN_PAGE,
    },
  });
}

const DOMAIN_PAGE = 'Amazon Cognito > User pools > your pool > Branding > Domain';

function noDomain(config: CognitoConfig): Finding {
  return wrong('domain', {
    problem: 'This user pool has no domain, and therefore no hosted UI',
    value: config.domain,
    fix: {
      here: 'Create a domain, then set COGNITO_DOMAIN to it; a new prefix takes about a minute to work',
      console: `${DOMAIN_PAGE} > Actions > Create Cognito domain`,
      command: `aws cognito-idp create-user-pool-domain ${ofPool(config)} --domain YOUR-PREFIX`,
    },
  });
}

/**
 * Whether this response proves that the app client exists.
 *
 * @param landing where an authorization request led
 */
export function isOfKnownClient(landing: Landing): boolean {
  if (landing.kind === 'refused')
    return landing.error !== '' && !PROVES_NOTHING.test(landing.error);
  return landing.kind !== 'unclear';
}

/** Errors that Cognito returns for an unknown client, or before it looks up the client. */
const PROVES_NOTHING = /^(invalid_request|server_error|Required\b.*)$/i;
