import { externalOrigins } from '../../external-origins';
import { POLICY_REPORTS } from '../access/routes';
import type { CognitoConfig } from '../protocol/cognito-config';
import { randomToken } from '../protocol/pkce';

/** What the headers of a response depend on. */
interface Given {
  /** Undefined while the site is not configured. */
  readonly config: CognitoConfig | undefined;
  /** Generated for this response, never taken from a request. */
  readonly nonce: string;
  /** The sources of a static page's inline scripts, instead of the nonce. */
  readonly scripts?: string | undefined;
  /** Also allows what `next dev` needs. */
  readonly development: boolean;
}

/**
 * The security headers of every response that passes through the middleware. Those that need no
 * configuration are also in `next.config.js`, for the few responses that bypass it.
 */
export function securityHeaders(given: Given): [name: string, value: string][] {
  const headers: [string, string][] = [
    ['Content-Security-Policy', contentSecurityPolicy(given)],
    ['X-Content-Type-Options', 'nosniff'],
    // With `no-referrer`, browsers would send `Origin: null` with the site's own forms.
    ['Referrer-Policy', 'strict-origin-when-cross-origin'],
    ['X-Frame-Options', 'DENY'],
    ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
  ];
  if (given.config?.secure) {
    headers.push(['Strict-Transport-Security', 'max-age=63072000; includeSubDomains']);
  }
  return headers;
}

/**
 * A nonce-based policy, the same in development as in production but for what `next dev` itself needs.
 * `'strict-dynamic'` allows Next's scripts to load their chunks. What pages load from other origins is
 * in `lib/external-origins.js`.
 *
 * @returns the header's value; Next reads the nonce from the copy in the request headers
 */
export function contentSecurityPolicy(given: Given): string {
  const { config, nonce, scripts, development } = given;
  const others: Readonly<Record<string, readonly string[] | undefined>> = externalOrigins;
  // Chromium also applies form-action to the redirects that follow a form: signing out redirects to
  // the hosted UI, and from there to the sign-out URL.
  const targets = config ? [config.domain, new URL(config.logoutUri).origin] : [];
  const ours = new Set(targets.filter((origin) => origin !== config?.origin));
  // The error overlay of `next dev` adds styles without a nonce.
  const inlineStyles = development ? ["'unsafe-inline'"] : scripts ? [] : [`'nonce-${nonce}'`];
  const own = (name: string, ...more: readonly string[]) =>
    [name, "'self'", ...more, ...(others[name] ?? [])].join(' ');
  return [
    own('default-src'),
    own('script-src', scripts ?? `'nonce-${nonce}' 'strict-dynamic'`, ...dev("'unsafe-eval'")),
    own('style-src', ...inlineStyles),
    // The attribute `style` of an element: it loads no style sheet, and runs no script.
    "style-src-attr 'unsafe-inline'",
    own('img-src', 'data:', 'blob:'),
    own('media-src', 'blob:'),
    own('font-src'),
    own('connect-src', ...dev('ws:')),
    own('frame-src'),
    own('worker-src'),
    "object-src 'none'",
    "base-uri 'none'",
    own('form-action', ...ours),
    "frame-ancestors 'none'",
    ...(config?.secure ? ['upgrade-insecure-requests'] : []),
    ...dev(`report-uri ${POLICY_REPORTS}`),
  ].join('; ');

  function dev(source: string): string[] {
    return development ? [source] : [];
  }
}

/**
 * A new nonce. Every tag of a page has it, and the page may contain the query next to the user's data.
 * Its length hides from an observer which guess in the query made the page compress better
 * (BREACH, https://www.breachattack.com).
 */
export function newNonce(): string {
  return randomToken(16 + randomLength());
}

/** 0 to 127 bytes. */
function randomLength(): number {
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
  return byte >> 1;
}
