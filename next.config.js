import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';
import { bodyLimits } from './lib/body-limits.js';
import { externalOrigins } from './lib/external-origins.js';

/** Next has one limit for all paths. `lib/cognito/requests` enforces the limit of each path. */
const largestBody = Math.max(...Object.values(bodyLimits));

/**
 * Security headers of every response, the same that the middleware sets: for static files, which it
 * doesn't see, and for empty error responses.
 */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];

/**
 * Policies for static files only. On some hosts (OpenNext), headers from here win over those of the
 * middleware: a page with this policy would have neither scripts nor styles.
 */
const policies = [
  { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
  },
];

/** An origin without a path. Anything else could change the policy's other parts. */
const ORIGIN =
  /^(https|wss):\/\/(\*\.)?[\w.-]+(:\d+)?$|^(http|ws):\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;
for (const origin of Object.values(externalOrigins).flat()) {
  if (!ORIGIN.test(origin)) {
    throw new Error(
      `lib/external-origins.js: '${origin}' is not an origin, such as https://images.example.com`,
    );
  }
}

/**
 * A web worker gets the policy of its script's response, not that of its page. Turbopack starts every
 * worker with a script of its own.
 *
 * @param {boolean} isDevelopment `next dev` evaluates modules, and updates them over a WebSocket
 */
const workerHeaders = (isDevelopment) => [
  {
    key: 'Content-Security-Policy',
    value: [
      "default-src 'none'",
      `script-src 'self'${isDevelopment ? " 'unsafe-eval'" : ''}`,
      [
        "connect-src 'self'",
        ...(isDevelopment ? ['ws:'] : []),
        ...externalOrigins['connect-src'],
      ].join(' '),
      "frame-ancestors 'none'",
    ].join('; '),
  },
];

/**
 * For the Docker image only: a server with just the files that it needs, without the image
 * optimizer's 19 MB. Without `BUILD_STANDALONE`, a build is for `npm start` (`next start`).
 * @type {import('next').NextConfig}
 */
const standalone = {
  output: 'standalone',
  outputFileTracingExcludes: { 'next-server': ['node_modules/@img/**', 'node_modules/sharp/**'] },
};

/** @type {import('next').NextConfig} */
const config = {
  // Off on purpose: with it, redirect() and forbidden() in a protected page would return 200, and a
  // nonce-based policy would not work.
  // See docs/decisions/0002.
  cacheComponents: false,
  experimental: {
    // Makes forbidden() return a real 403 and unauthorized() a real 401.
    // See docs/decisions/0003.
    authInterrupts: true,
    // With it, a static page that a host renders again after the build would have another script than
    // the build has hashed.
    // See docs/decisions/0013.
    prefetchInlining: false,
    // Next buffers a request body before the middleware checks the sender, and cuts it off here.
    proxyClientMaxBodySize: largestBody,
    serverActions: { bodySizeLimit: largestBody },
  },
  // Otherwise Next redirects /login/ (308) before the middleware runs: without its headers, and
  // with the authorization code in the response body.
  skipTrailingSlashRedirect: true,
  // Removes the image optimizer, and with it a class of security advisories.
  images: { unoptimized: true },
  poweredByHeader: false,
  // `next dev` logs every URL, and a callback URL contains the authorization code.
  logging: { incomingRequests: { ignore: [/^\/login\/?\?/] } },
  reactStrictMode: true,
  ...(process.env.BUILD_STANDALONE === '1' && standalone),
};

/**
 * Adds pages for developers, named `page.dev.tsx`, to `next dev`. Builds leave them out.
 */
const development = { pageExtensions: ['dev.tsx', 'tsx', 'ts', 'jsx', 'js'] };

/** @param {string} phase the phase that Next loads this configuration in */
export default function configuration(phase) {
  const isDevelopment = phase === PHASE_DEVELOPMENT_SERVER;
  return {
    ...config,
    headers: async () => [
      { source: '/:path*', headers },
      { source: '/_next/static/:path*', headers: policies },
      {
        source: '/_next/static/:path*/:file(turbopack-worker.*\\.js)',
        headers: workerHeaders(isDevelopment),
      },
    ],
    ...(isDevelopment && development),
  };
}
