import { isLoopback } from '../../../lib/cognito/config/values';
import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Finding, ok, warning, wrong } from '../finding';

/**
 * Checks that the site's addresses are consistent, and reports the resulting cookie settings.
 *
 * @param config the configuration
 */
export function addresses(config: CognitoConfig): Finding[] {
  const { origin, secure, domain, logoutUri } = config;
  const findings: Finding[] = [];
  const logoutOrigin = new URL(logoutUri).origin;
  // Signing out of a preview leads to the production site, because the preview's address isn't registered.
  if (logoutOrigin !== origin && config.preview?.role !== 'preview') {
    findings.push(
      warning('addresses', {
        problem: `After signing out, users land on ${logoutOrigin}, but this site is ${origin}: its cookies are not sent there`,
        value: logoutUri,
        fix: { here: `Set COGNITO_LOGOUT_URI=${origin}/, or unset it: this is the default` },
      }),
    );
  }
  if (!isLoopback(new URL(origin)) && isLoopback(new URL(domain))) {
    findings.push(
      wrong('addresses', {
        problem: `The site is at ${origin}, but its sign-in pages are on this machine, which visitors cannot reach`,
        value: domain,
        fix: { here: 'Set COGNITO_DOMAIN to the domain of your user pool, not of the local pool' },
      }),
    );
  }
  if (findings.length > 0) return findings;
  return [
    ok(
      'addresses',
      secure
        ? `${origin}: cookies are Secure, and the session cookie is __Host-session`
        : `${origin}: http on loopback, for development only; cookies are not Secure`,
    ),
  ];
}
