import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentSecurityPolicy, securityHeaders } from '@/lib/cognito/responses/security-headers';
import { externalOrigins } from '@/lib/external-origins';
import { config } from './support';

// Your own origins would be in every policy.
const OWN = { ...externalOrigins };
beforeAll(() => {
  for (const directive of Object.keys(OWN)) Object.assign(externalOrigins, { [directive]: [] });
});
afterAll(() => void Object.assign(externalOrigins, OWN));

const headersOf = () =>
  Object.fromEntries(securityHeaders({ config: config(), nonce: 'the-nonce', development: false }));

test('every response on https has exactly these headers', () => {
  expect(headersOf()).toEqual({
    'Content-Security-Policy':
      "default-src 'self'; script-src 'self' 'nonce-the-nonce' 'strict-dynamic'; " +
      "style-src 'self' 'nonce-the-nonce'; style-src-attr 'unsafe-inline'; " +
      "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; " +
      "frame-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; " +
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

/** The policy, by directive. */
function policyOf(development: boolean, scripts?: string): Record<string, string> {
  const local = { COGNITO_REDIRECT_URI: 'http://localhost:3000/login' };
  const options = { config: config(local), nonce: 'the-nonce', development, scripts };
  const parts = contentSecurityPolicy(options).split('; ');
  return Object.fromEntries(parts.map((part) => part.split(/ (.*)/, 2)));
}

test('`next dev` has the policy of a build, but for what the dev server itself needs', () => {
  const { 'report-uri': reports, ...policy } = policyOf(true);
  expect(reports).toBe('/__policy-reports');
  expect(policy).toEqual({
    ...policyOf(false),
    'script-src': `${policyOf(false)['script-src']} 'unsafe-eval'`,
    'style-src': "'self' 'unsafe-inline'",
    'connect-src': "'self' ws:",
  });
});

test('only loopback works without https', () => {
  expect(policyOf(false)).not.toHaveProperty('upgrade-insecure-requests');
});

test('a static page allows the inline scripts of its build, and no others', () => {
  const policy = policyOf(false, "'sha256-x'");
  expect(policy['script-src']).toBe("'self' 'sha256-x'");
  expect(policy['style-src']).toBe("'self'");
});

test('every external origin is allowed in its own directive, and nowhere else', () => {
  const before = policyOf(false);
  for (const [directive, known] of Object.entries(externalOrigins)) {
    const origin = `https://${directive}.example.com`;
    Object.assign(externalOrigins, { [directive]: [...known, origin] });
    const expected = { ...before, [directive]: `${before[directive]} ${origin}` };
    expect(policyOf(false)).toEqual(expected);
    Object.assign(externalOrigins, { [directive]: known });
  }
});
