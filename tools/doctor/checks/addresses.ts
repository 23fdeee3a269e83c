import { isLoopback } from '../../../lib/cognito/config/values';
import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Finding, ok, warning, wrong } from '../finding';

/**
 * Whether the addresses of the site fit each other, and the cookies that follow from them.
 *
 * @param config the configuration
 */
export function addresses(config: CognitoConfig): Finding[] {
  const { origin, secure, domain, logoutUri } = config;
  const findings: Finding[] = [];
  const logoutOrigin = new URL(logoutUri).origin;
  // Signing out of a preview leads to the production site: its own address is not registered.
  if (logoutOrigin !== origin && config.preview?.role !== 'preview') {
    findings.push(
      warning('addresses', {
        problem: `After a sign-out people come to ${logoutOrigin}, but this site is ${origin}, whose cookies are not sent there`,
        value: logoutUri,
        fix: { here: `Set COGNITO_LOGOUT_URI=${origin}/, or leave it out: that is the default` },
      }),
    );
  }
  if (!isLoopback(new URL(origin)) && isLoopback(new URL(domain))) {
    findings.push(
      wrong('addresses', {
        problem: `The site is ${origin}, but its sign-in pages are on this machine, where visitors cannot go`,
        value: domain,
        fix: { here: 'Set COGNITO_DOMAIN to the domain of the user pool, not of the local pool' },
      }),
    );
  }
  if (findings.length > 0) return findings;
  return [
    ok(
      'addresses',
      secure
        ? `${origin}: cookies are Secure, the session is __Host-session`
        : `${origin}: http on loopback, for development; cookies are not Secure`,
    ),
  ];
}
