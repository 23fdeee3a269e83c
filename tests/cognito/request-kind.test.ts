import { describe, expect, test } from 'vitest';
import { isApi, isSameOrigin, requestKind } from '@/lib/cognito/request-kind';
import { contentSecurityPolicy, securityHeaders } from '@/lib/cognito/responses/security-headers';
import { config } from './support';

const ask = (headers: Record<string, string>, method = 'GET', path = '/profile') =>
  requestKind({ method, path, headers: new Headers(headers) });
const NAVIGATION = {
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  accept: 'text/html',
};
/** A service worker that answers a navigation with `fetch(event.request)`. */
const THROUGH_WORKER = { ...NAVIGATION, 'sec-fetch-dest': 'empty' };
const ACTION = { accept: 'text/x-component', 'next-action': '7f', 'sec-fetch-dest': 'empty' };

describe('the kind of a request', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['a navigation', NAVIGATION, 'GET', 'document'],
    ['an old browser', { accept: 'text/html,*/*;q=0.8' }, 'GET', 'document'],
    ['HEAD', NAVIGATION, 'HEAD', 'document-head'],
    ['a form', NAVIGATION, 'POST', 'form'],
    ['an old form', { accept: 'text/html' }, 'POST', 'form'],
    ['the router', { accept: '*/*', 'next-url': '/', 'sec-fetch-dest': 'empty' }, 'GET', 'router'],
    ['a forged next-url', { ...NAVIGATION, 'next-url': '/' }, 'GET', 'router'],
    ['a fetch', { accept: '*/*', 'sec-fetch-dest': 'empty' }, 'GET', 'fetch'],
    ['a fetch of HTML', { accept: 'text/html', 'sec-fetch-dest': 'empty' }, 'GET', 'fetch'],
    [
      'fetch metadata without a destination',
      { accept: 'text/html', 'sec-fetch-mode': 'cors' },
      'GET',
      'fetch',
    ],
    ['an iframe', { ...NAVIGATION, 'sec-fetch-dest': 'iframe' }, 'GET', 'fetch'],
    ['a prefetch', { ...NAVIGATION, 'sec-purpose': 'prefetch' }, 'GET', 'fetch'],
    ['a prerender', { ...NAVIGATION, 'sec-purpose': 'prefetch;prerender' }, 'GET', 'fetch'],
    ['an old prefetch', { ...NAVIGATION, purpose: 'prefetch' }, 'GET', 'fetch'],
    ['curl', { accept: '*/*' }, 'GET', 'fetch'],
    ['nothing', {}, 'GET', 'fetch'],
    ['a Server Action', ACTION, 'POST', 'action'],
    ['a Server Action in an intercepted page', { ...ACTION, 'next-url': '/' }, 'POST', 'action'],
    ['a GET with the header of a Server Action', { ...NAVIGATION, ...ACTION }, 'GET', 'fetch'],
    ['a PUT with the header of a Server Action', ACTION, 'PUT', 'fetch'],
    ['a page through a service worker', THROUGH_WORKER, 'GET', 'document'],
    ['HEAD through a service worker', THROUGH_WORKER, 'HEAD', 'document-head'],
    ['a form through a service worker', THROUGH_WORKER, 'POST', 'form'],
    [
      'a fetch through a service worker',
      { ...THROUGH_WORKER, 'sec-fetch-mode': 'cors' },
      'GET',
      'fetch',
    ],
    [
      'a navigation through a service worker that does not accept HTML',
      { ...THROUGH_WORKER, accept: '*/*' },
      'GET',
      'fetch',
    ],
    [
      'a prefetch through a service worker',
      { ...THROUGH_WORKER, 'sec-purpose': 'prefetch' },
      'GET',
      'fetch',
    ],
    ['a data request', { ...NAVIGATION, 'x-nextjs-data': '1' }, 'GET', 'fetch'],
    ['PUT', NAVIGATION, 'PUT', 'fetch'],
    ['OPTIONS', NAVIGATION, 'OPTIONS', 'fetch'],
  ])('%s', (_, headers, method, kind) => {
    expect(ask(headers, method)).toBe(kind);
  });

  test('an API, whatever the headers say', () => {
    expect(ask(NAVIGATION, 'GET', '/api/me')).toBe('fetch');
    expect(ask(NAVIGATION, 'GET', '/api')).toBe('fetch');
    expect(ask(ACTION, 'POST', '/api/me')).toBe('fetch');
    expect(ask(THROUGH_WORKER, 'GET', '/api/me')).toBe('fetch');
    expect(ask(NAVIGATION, 'GET', '/apis')).toBe('document');
  });

  test('an API path is recognized', () => {
    expect([isApi('/api/me'), isApi('/api'), isApi('/apis')]).toEqual([true, true, false]);
  });
});

describe('a request that changes something', () => {
  const origin = 'https://example.com';
  test.each<[Record<string, string>, boolean]>([
    [{ origin }, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ origin, 'sec-fetch-site': 'same-origin' }, true],
    [{}, false],
    [{ referer: `${origin}/` }, false],
    [{ origin: 'null' }, false],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'http://example.com' }, false],
    [{ origin: 'https://example.com.evil.example' }, false],
    [{ origin: 'https://example.com:8443' }, false],
    [{ origin, 'sec-fetch-site': 'cross-site' }, false],
    [{ origin, 'sec-fetch-site': 'same-site' }, false],
    [{ origin, 'sec-fetch-site': 'none' }, false],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, false],
  ])('%j', (headers, allowed) => {
    expect(isSameOrigin(new Headers(headers), origin)).toBe(allowed);
  });
});

describe('the policy', () => {
  test('lets forms go to the hosted UI and to the sign-out URL, and nowhere else', () => {
    const options = { nonce: 'n', development: false };
    const policy = contentSecurityPolicy({
      ...options,
      config: config({ COGNITO_LOGOUT_URI: 'https://www.example.com/bye' }),
    });
    expect(policy).toContain(
      "form-action 'self' https://my-app.auth.us-west-2.amazoncognito.com https://www.example.com;",
    );
    expect(contentSecurityPolicy({ ...options, config: undefined })).toContain(
      "form-action 'self';",
    );
    expect(policy).toContain('upgrade-insecure-requests');
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe');
  });

  test('comes with HSTS only on https', () => {
    const names = (env: Record<string, string>) =>
      securityHeaders({ config: config(env), nonce: 'n', development: false }).map(
        ([name]) => name,
      );
    expect(names({})).toContain('Strict-Transport-Security');
    expect(names({ COGNITO_REDIRECT_URI: 'http://localhost:3000/login' })).not.toContain(
      'Strict-Transport-Security',
    );
  });
});
