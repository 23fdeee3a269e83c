import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { asUrl } from '../../../lib/cognito/protocol/url';
import type { Landing } from '../authorize';
import { type Finding, ok, unknown, warning, wrong } from '../finding';
import { ofPool } from '../fix';
import { type Answer, describe, membersOf } from '../probe';

/** What the user pool says of its own domain. */
export type NamedDomain =
  | { readonly kind: 'named'; readonly origin: string }
  /** It names endpoints below its issuer, which lead nowhere. */
  | { readonly kind: 'none' }
  | { readonly kind: 'silent' };

/**
 * Reads the domain in a discovery document.
 *
 * @param config the user pool
 * @param discovery the answer of `<issuer>/.well-known/openid-configuration`
 */
export function namedDomain(config: CognitoConfig, discovery: Answer): NamedDomain {
  const endpoint = membersOf(discovery).get('authorization_endpoint');
  const url = typeof endpoint === 'string' ? asUrl(endpoint) : undefined;
  if (!url) return { kind: 'silent' };
  if (url.href.startsWith(`${config.issuer}/`)) return { kind: 'none' };
  return { kind: 'named', origin: url.origin };
}

/**
 * Where to ask about the app client: if the domain is another pool's, the right one is known, and the
 * other settings can be examined there in the same run.
 *
 * @param config the configuration
 * @param named by the pool
 * @returns an origin; undefined if the pool has no domain
 */
export function domainToAsk(config: CognitoConfig, named: NamedDomain): string | undefined {
  if (named.kind === 'none') return undefined;
  if (named.kind === 'silent' || mayHaveBoth(config.domain, named.origin)) return config.domain;
  return named.origin;
}

/**
 * Whether the client secret may be sent to the configured domain: only if it is the user pool's, or
 * certainly Cognito's. It is sent nowhere else.
 *
 * @param config the configuration
 * @param named by the pool
 */
export function mayHaveSecret(config: CognitoConfig, named: NamedDomain): boolean {
  if (named.kind !== 'named') return false;
  return named.origin === config.domain || mayHaveBoth(config.domain, named.origin);
}

/** A pool with a prefix and a custom domain names the custom one alone. */
function mayHaveBoth(configured: string, named: string): boolean {
  const prefix = /\.amazoncognito\.com(\.cn)?$/;
  return configured !== named && prefix.test(configured) && !prefix.test(named);
}

/**
 * Whether the domain exists, is Cognito's, and is this user pool's.
 *
 * @param config the configuration
 * @param named by the pool
 * @param bare the answer of the domain's `/oauth2/authorize` without parameters
 * @param landing of the authorization request on the domain, if one was sent there
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
      problem: `The domain of this user pool is ${named.origin}`,
      value: config.domain,
      fix: { here: `Set COGNITO_DOMAIN=${named.origin}`, console: DOMAIN_PAGE },
    });
  }
  if (bare.kind === 'silence') {
    // Where the pool answers, this machine is not offline.
    if (bare.reason !== 'no-such-host' || named.kind === 'silent') {
      return unknown('domain', describe(host, bare));
    }
    return wrong('domain', {
      problem: `There is no host ${host}: no such domain, or it was deleted, or it is not an hour old`,
      value: config.domain,
      fix: { here: 'Set COGNITO_DOMAIN to the domain of the pool', console: DOMAIN_PAGE },
    });
  }
  if (bare.status >= 500 || bare.status === 429) return unknown('domain', describe(host, bare));
  if (!bare.headers.has('x-amz-cognito-request-id')) {
    return wrong('domain', {
      problem: `${host} answers, but it is not Cognito`,
      value: config.domain,
      fix: { here: 'Set COGNITO_DOMAIN to the domain of the pool', console: DOMAIN_PAGE },
    });
  }
  if (named.kind === 'silent') {
    return unknown('domain', `${host} is Cognito's; the user pool does not say whether it is its`);
  }
  // A client is known on the domains of its own pool alone.
  if (!both || (landing && isOfKnownClient(landing))) return ok('domain', config.domain);
  return warning('domain', {
    problem: `The user pool names ${named.origin} as its domain; whether it has this one too cannot be told`,
    value: config.domain,
    fix: { here: `If it has not, set COGNITO_DOMAIN=${named.origin}`, console: DOMAIN_PAGE },
  });
}

const DOMAIN_PAGE = 'Amazon Cognito > User pools > your pool > Branding > Domain';

function noDomain(config: CognitoConfig): Finding {
  return wrong('domain', {
    problem: 'This user pool has no domain, and so no hosted UI',
    value: config.domain,
    fix: {
      here: 'Make one, then set COGNITO_DOMAIN to it; a new prefix takes a minute to work',
      console: `${DOMAIN_PAGE} > Actions > Create Cognito domain`,
      command: `aws cognito-idp create-user-pool-domain ${ofPool(config)} --domain YOUR-PREFIX`,
    },
  });
}

/**
 * Whether only an app client that exists is answered so.
 *
 * @param landing of an authorization request
 */
export function isOfKnownClient(landing: Landing): boolean {
  if (landing.kind === 'refused') return landing.error !== '' && !ASKS_WHO.test(landing.error);
  return landing.kind !== 'unclear';
}

/** What is said before the client is looked at, or of one that is not known. */
const ASKS_WHO = /^(invalid_request|server_error|Required\b.*)$/i;
