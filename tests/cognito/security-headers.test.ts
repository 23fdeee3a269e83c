import { expect, test } from 'vitest';
import { securityHeaders } from '@/lib/cognito/responses/security-headers';
import { config } from './support';

const headersOf = (env: Record<string, string> = {}, development = false) =>
  Object.fromEntries(securityHeaders({ config: config(env), nonce: 'the-nonce', development }));

test('every response on https has exactly these headers', () => {
  expect(headersOf()).toEqual({
    'Content-Security-Policy':
      "default-src 'self'; script-src 'self' 'nonce-the-nonce' 'strict-dynamic'; " +
      "style-src 'self' 'nonce-the-nonce'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; object-src 'none'; base-uri 'none'; " +
      "form-action 'self' https://my-app.auth.us-west-2.amazoncognito.com; " +
      "frame-ancestors 'none'; upgrade-insecure-requests",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  });
});

test('only `next dev` may use eval, and only loopback works without https', () => {
  const local = { COGNITO_REDIRECT_URI: 'http://localhost:3000/login' };
  const served = headersOf(local)['Content-Security-Policy'];
  expect(served).not.toMatch(/unsafe|upgrade-insecure-requests|ws:/);
  expect(headersOf(local, true)['Content-Security-Policy']).toMatch(/'unsafe-eval'.*ws:/);
});
