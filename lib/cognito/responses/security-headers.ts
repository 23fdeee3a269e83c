import type { CognitoConfig } from '../protocol/cognito-config';

/**
 * The security headers of every response that passes through the middleware. Those that need no
 * configuration are also in `next.config.js`, for the few responses that bypass it.
 *
 * @param options.config undefined while the site is not configured
 * @param options.nonce generated for this response, never taken from a request
 * @param options.scripts the sources of a static page's inline scripts, instead of the nonce
 * @param options.development also allows what `next dev` needs
 */
export function securityHeaders(options: {
  config: CognitoConfig | undefined;
  nonce: string;
  scripts?: string | undefined;
  development: boolean;
}): [name: string, value: string][] {
  const headers: [string, string][] = [
    ['Content-Security-Policy', contentSecurityPolicy(options)],
    ['X-Content-Type-Options', 'nosniff'],
    // With `no-referrer`, browsers would send `Origin: null` with the site's own forms.
    ['Referrer-Policy', 'strict-origin-when-cross-origin'],
    ['X-Frame-Options', 'DENY'],
    ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
  ];
  if (options.config?.secure) {
    headers.push(['Strict-Transport-Security', 'max-age=63072000; includeSubDomains']);
  }
  return headers;
}

/**
 * A nonce-based policy. `'strict-dynamic'` allows Next's scripts to load their chunks.
 *
 * @returns the header's value; Next reads the nonce from the copy in the request headers
 */
export function contentSecurityPolicy(options: {
  config: CognitoConfig | undefined;
  nonce: string;
  scripts?: string | undefined;
  development: boolean;
}): string {
  const { config, nonce, scripts, development } = options;
  // Chromium also applies form-action to the redirects that follow a form: signing out redirects to
  // the hosted UI, and from there to the sign-out URL.
  const formTargets = config ? [config.domain, new URL(config.logoutUri).origin] : [];
  const ours = new Set(["'self'", ...formTargets.filter((origin) => origin !== config?.origin)]);
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts ?? `'nonce-${nonce}' 'strict-dynamic'`}${development ? " 'unsafe-eval'" : ''}`,
    // The error overlay of `next dev` uses styles without a nonce.
    development
      ? "style-src 'self' 'unsafe-inline'"
      : `style-src 'self'${scripts === undefined ? ` 'nonce-${nonce}'` : ''}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${[...ours].join(' ')}`,
    "frame-ancestors 'none'",
    ...(config?.secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
