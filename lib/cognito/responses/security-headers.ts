import type { CognitoConfig } from '../protocol/cognito-config';

/**
 * The headers of every answer that the middleware lets out. What needs no configuration stands in
 * `next.config.js` too, for the few answers that Next gives by itself.
 *
 * @param options.config unset while the site is not configured
 * @param options.nonce made for this answer, never taken from a request
 * @param options.development allows what `next dev` needs
 */
export function securityHeaders(options: {
  config: CognitoConfig | undefined;
  nonce: string;
  development: boolean;
}): [name: string, value: string][] {
  const headers: [string, string][] = [
    ['Content-Security-Policy', contentSecurityPolicy(options)],
    ['X-Content-Type-Options', 'nosniff'],
    // `no-referrer` would make the browser send `Origin: null` with our own forms.
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
 * A policy by nonce: `'strict-dynamic'` lets the scripts that Next starts load their own chunks.
 *
 * @returns one header value; Next reads the nonce from the request's copy of it
 */
export function contentSecurityPolicy(options: {
  config: CognitoConfig | undefined;
  nonce: string;
  development: boolean;
}): string {
  const { config, nonce, development } = options;
  // Chromium applies form-action to the redirects after a form: signing out goes to the hosted UI
  // and from there to the sign-out URL.
  const formTargets = config ? [config.domain, new URL(config.logoutUri).origin] : [];
  const ours = new Set(["'self'", ...formTargets.filter((origin) => origin !== config?.origin)]);
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // The overlay of `next dev` brings styles without a nonce.
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
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
