import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';

/**
 * The middleware's headers that need no configuration, for what Next answers without it: static
 * files, and refusals with nothing in them. Where the middleware speaks, its own policy wins.
 */
const headers = [
  { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
  },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];

/**
 * For the image alone (Dockerfile): a server with just the files that it needs, and without the image
 * optimiser's 19 MB. Without the variable a build is for `npm start`, which is `next start`.
 * @type {import('next').NextConfig}
 */
const standalone = {
  output: 'standalone',
  outputFileTracingExcludes: { 'next-server': ['node_modules/@img/**', 'node_modules/sharp/**'] },
};

/** @type {import('next').NextConfig} */
const config = {
  // Off on purpose: with it, redirect() and forbidden() of a protected page answer 200, and a nonce
  // policy cannot work. docs/decisions/0002.
  cacheComponents: false,
  experimental: {
    // A real 403 from forbidden() and 401 from unauthorized(): docs/decisions/0003.
    authInterrupts: true,
    // Next holds a body in memory before anybody is asked who sent it, and cuts off what is longer.
    // A route that takes uploads needs more.
    proxyClientMaxBodySize: '1mb',
  },
  // Next's own 308 for /login/ would go out before the middleware, without its headers and with the
  // authorization code in its body.
  skipTrailingSlashRedirect: true,
  // Takes the image optimiser out, and with it a class of advisories.
  images: { unoptimized: true },
  poweredByHeader: false,
  // `next dev` prints every address, and a callback's has the authorization code in it.
  logging: { incomingRequests: { ignore: [/^\/login\/?\?/] } },
  reactStrictMode: true,
  headers: async () => [{ source: '/:path*', headers }],
  ...(process.env.BUILD_STANDALONE === '1' && standalone),
};

/**
 * What `next dev` has in addition: pages of the developer's own, named `page.dev.tsx`. No build has a
 * byte of them.
 */
const development = { pageExtensions: ['dev.tsx', 'tsx', 'ts', 'jsx', 'js'] };

/** @param {string} phase what Next is about to do */
export default function configuration(phase) {
  return phase === PHASE_DEVELOPMENT_SERVER ? { ...config, ...development } : config;
}
