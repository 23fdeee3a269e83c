import { NextRequest } from 'next/server';
import { afterEach, expect, test, vi } from 'vitest';
import { isPublicFile, isPublicPage, isStaticPage } from '@/lib/cognito/access/access-rules';
import { securityHeaders } from '@/lib/cognito/responses';
import { serveOpen } from '@/lib/cognito/static-pages/serve-open';
import { mayBeStored } from '../support/shared-cache';

const LIST = {
  publicPages: ['/'],
  staticPages: ['/about', '/blog/[slug]', '/admin/help'],
  publicFiles: ['/robots.txt', '/LICENSE', '/images/[...path]', '/admin/files/[...path]'],
  groupPages: { '/admin': 'admin' },
  recentSignInPages: {},
};
const HASH = "'sha256-x'";

afterEach(() => {
  vi.unstubAllEnvs();
});

const ask = (path: string, init: ConstructorParameters<typeof NextRequest>[1] = {}) =>
  new NextRequest(`http://localhost:3000${path}`, init);

test('a static page gets nothing of its request that could change it, above all no cookie', () => {
  const headers = {
    cookie: '__prerender_bypass=1; __next_preview_data=x; session=y',
    authorization: 'Bearer x',
    'next-action': 'x',
    'content-type': 'multipart/form-data; boundary=x',
    'x-prerender-revalidate': 'x',
    'x-nextjs-request-id': 'x',
    'x-forwarded-host': 'evil.example',
    'accept-language': 'de',
    'accept-encoding': 'br',
    host: 'localhost:3000',
    'next-url': '/',
    'if-none-match': '"etag"',
  };
  const open = serveOpen(LIST, ask('/about', { headers }), HASH);
  const passed = open?.response.headers.get('x-middleware-override-headers')?.split(',');
  expect(passed?.sort()).toEqual(['accept-encoding', 'host', 'if-none-match', 'next-url']);
  expect(open?.response.headers.get('x-middleware-request-if-none-match')).toBe('"etag"');
  expect(open?.response.headers.getSetCookie()).toEqual([]);
});

test('an edit of a static page shows in the page that a developer has open', async () => {
  vi.stubEnv('NODE_ENV', 'development');
  vi.resetModules();
  const { serveOpen: serve } = await import('@/lib/cognito/static-pages/serve-open');
  const ids = { 'x-nextjs-request-id': 'a', 'x-nextjs-html-request-id': 'b' };
  const { response } =
    serve(LIST, ask('/about', { headers: { ...ids, cookie: 'session=y' } })) ?? {};
  const passed = response?.headers.get('x-middleware-override-headers')?.split(',');
  expect(passed?.sort()).toEqual(Object.keys(ids).sort());
});

test('a shared cache may keep a static page, but no redirect of the router in its place', () => {
  const asked = ask('/about');
  const { response, scripts } = serveOpen(LIST, asked, HASH) ?? {};
  const headers = response?.headers ?? new Headers();
  expect(mayBeStored({ method: 'GET', asked: asked.headers, status: 200, headers })).toBe(true);
  expect(headers.get('vary')).toBe('RSC');
  expect(scripts).toBe(HASH);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])(
  '%s of a static page or a file is a 405',
  (method) => {
    for (const path of ['/about', '/robots.txt']) {
      const open = serveOpen(LIST, ask(path, { method }), path === '/about' ? HASH : undefined);
      expect([path, open?.response.status]).toEqual([path, 405]);
      expect(open?.response.headers.get('allow')).toBe('GET, HEAD');
    }
  },
);

test('a page whose scripts the build does not know is served like any other, with a session', () => {
  for (const path of ['/about', '/blog/hello', '/']) {
    expect(serveOpen(LIST, ask(path))).toBeUndefined();
  }
});

test('the policy of a static page allows its own inline scripts, and has no nonce', () => {
  const options = { config: undefined, nonce: 'a-nonce', development: false };
  const [[, policy] = []] = securityHeaders({ ...options, scripts: HASH });
  expect(policy).toContain(`script-src 'self' ${HASH};`);
  expect(policy).not.toMatch(/nonce|strict-dynamic|(?<!style-src-attr )'unsafe-(inline|eval)/);
});

test('a static page is public, unless a group or a recent sign-in is required', () => {
  for (const path of ['/about', '/about/', '/blog/hello']) {
    expect([path, isStaticPage(LIST, path), isPublicPage(LIST, path)]).toEqual([path, true, true]);
  }
  for (const path of ['/admin/help', '/ABOUT', '/about/x', '/blog', '/about/icon', '/%61bout']) {
    expect([path, isStaticPage(LIST, path)]).toEqual([path, false]);
  }
  expect(isPublicPage(LIST, '/admin/help')).toBe(false);
});

test('a folder of public files opens the files in it, and nothing else', () => {
  const open = ['/images/a.png', '/images/deep/b.c.svg', '/images/%C3%BC.png', '/LICENSE'];
  expect(open.filter((path) => !isPublicFile(LIST, path))).toEqual([]);
  const closed = [
    '/images',
    '/images/',
    '/images/page',
    '/images/.env/',
    '/images/a.png/',
    '/images/a.png/page',
    '/images/../profile.x',
    '/images/%2e%2e/profile.x',
    '/images/a%2Fb.png',
    '/images/page.segments/_tree.segment',
    '/_next/images/a.png',
    '/imagesx/a.png',
    '/Images/a.png',
    '/admin/files/a.pdf',
  ];
  expect(closed.filter((path) => isPublicFile(LIST, path))).toEqual([]);
});
