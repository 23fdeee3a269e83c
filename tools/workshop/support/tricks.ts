import { cookieHeader } from '../../../tests/support/http';

/** A request for a page that might bypass a guard; from advisories, RFCs and scanners. */
export interface Trick {
  readonly name: string;
  readonly method?: string;
  /** The raw request target of the request line. */
  readonly target?: (path: string) => string;
  readonly headers?: (path: string) => Record<string, string | string[]>;
}

/** The same name five times, the limit of Next's own loop protection: CVE-2025-29927. */
const five = (name: string) => Array.from({ length: 5 }, () => name).join(':');
const name = (path: string) => path.slice(1) || 'index';

function targets(buildId: string): Trick[] {
  const forms: ((path: string) => string)[] = [
    (path) => path,
    // The URLs that Next's router requests: CVE-2026-44575, CVE-2026-45109.
    (path) => `${path}.rsc`,
    (path) => `/${name(path)}.rsc`,
    (path) => `${path}.segments/_tree.segment.rsc`,
    (path) => `${path}.segments/_full.segment.rsc`,
    (path) => `${path}.segments/${name(path)}/__PAGE__.segment.rsc`,
    (path) => `${path}.prefetch.rsc`,
    (path) => `${path}.action`,
    (path) => `${path}.txt`,
    (path) => `/_next/data/${buildId}/${name(path)}.json`,
    (path) => `/_next/data/${buildId}${path}.json`,
    (path) => `/_next/data/x${path}.json`,
    (path) => `/_next/data${path}`,
    (path) => `${path}?_rsc=1a2b3`,
    // Query parameters that Next uses internally.
    (path) => `${path}?__nextLocale=en`,
    (path) => `${path}?__nextDefaultLocale=en&__nextLocale=de`,
    (path) => `${path}?__nextDataReq=1`,
    (path) => `${path}?__nextInferredLocaleFromDefault=1`,
    (path) => `${path}?nxtPpath=x&nxtIpath=y`,
    (path) => `${path}?amp=1&_method=GET`,
    (path) => `${path}?code=x&state=y`,
    (path) => `${path}?${'x'.repeat(8000)}`,
    (path) => `${path}?x=%ff%fe&y=%`,
    // Other spellings of the same path: CVE-2024-51479.
    (path) => `${path}/`,
    (path) => `${path}//`,
    (path) => `/${path}`,
    (path) => `//${path}`,
    (path) => `/.${path}`,
    (path) => `/x/..${path}`,
    (path) => `/x/../..${path}`,
    (path) => `${path}/.`,
    (path) => `${path}/..${path}`,
    (path) => `/%2e${path}`,
    (path) => `/x/%2e%2e${path}`,
    (path) => `/x/..%2f${name(path)}`,
    (path) => `\\${path.slice(1)}`,
    (path) => `/\\${path.slice(1)}`,
    (path) => `/%5c${path.slice(1)}`,
    (path) => `/%2f${path.slice(1)}`,
    (path) => `${path}%2f`,
    (path) => `${path}%2F..`,
    (path) => `${path}%5c`,
    (path) => `${path}%00`,
    (path) => `${path}%00.svg`,
    (path) => `${path}%0d%0aset-cookie:%20x=y`,
    (path) => `${path}%09`,
    (path) => `${path}%20`,
    (path) => `${path}%23`,
    (path) => `${path}%3f`,
    (path) => `${path}%ff`,
    (path) => `${path}%`,
    (path) => `${path};x`,
    (path) => `${path};x=y/`,
    (path) => `${path};/..${path}`,
    (path) => `${path}.`,
    (path) => `${path}..`,
    (path) => `${path}.json`,
    (path) => `${path}.html`,
    (path) => `${path}/index`,
    (path) => `${path}/page`,
    (path) => `${path}~`,
    (path) => path.toUpperCase(),
    (path) => `/${path.slice(1, 2).toUpperCase()}${path.slice(2)}`,
    (path) => `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`,
    (path) => `/%25${path.charCodeAt(1).toString(16)}${path.slice(2)}`,
    (path) => `/%ef%bc%8f${path.slice(1)}`,
    (path) => `/%c0%af${path.slice(1)}`,
    (path) => `/en${path}`,
    (path) => `/_next${path}`,
    (path) => `${path}#x`,
    // Through public paths.
    (path) => `/icon.svg/..${path}`,
    (path) => `/icon.svg%2f..${path}`,
    (path) => `/_next/static/..${path}`,
    (path) => `/_next/static/../..${path}`,
    (path) => `/_next/static/%2e%2e/%2e%2e${path}`,
    (path) => `/_next/static/..%2f..${path}`,
    (path) => `/_next/static${path}`,
    (path) => `/_next/image?url=${encodeURIComponent(path)}&w=64&q=75`,
    // The absolute form and the others of RFC 9112, section 3.2.
    (path) => `http://evil.example${path}`,
    (path) => `http://evil.example/${path}`,
    (path) => `https://user@evil.example${path}`,
    (path) => `http://localhost${path}`,
    () => '*',
  ];
  return forms.map((target) => ({ name: `as ${target('/page')}`.slice(0, 80), target }));
}

const many = (name: string) =>
  Array.from({ length: 150 }, (_, index) => `${name}${index}=x`).join('; ');

function headers(elsewhere: string, site: string): Trick[] {
  const each: [string, string | string[] | ((path: string) => string)][] = [
    ['x-middleware-subrequest', 'middleware'],
    ['x-middleware-subrequest', 'src/middleware'],
    ['x-middleware-subrequest', 'pages/_middleware'],
    ['x-middleware-subrequest', './middleware'],
    ['x-middleware-subrequest', '/'],
    ['x-middleware-subrequest', five('middleware')],
    ['x-middleware-subrequest', five('src/middleware')],
    ['x-middleware-subrequest', five('/')],
    ['x-middleware-subrequest', [five('middleware'), five('src/middleware')]],
    ['x-middleware-subrequest', [five('proxy'), five('src/proxy')]],
    ['X-Middleware-Subrequest', 'MIDDLEWARE'],
    ['x-middleware-subrequest-id', '0'.repeat(16)],
    ['x-middleware-next', '1'],
    ['x-middleware-rewrite', (path) => path],
    ['x-middleware-redirect', (path) => path],
    ['x-middleware-invoke', '1'],
    ['x-middleware-skip', '1'],
    ['x-middleware-cache', 'no-cache'],
    ['x-middleware-prefetch', '1'],
    ['x-middleware-set-cookie', 'session=x'],
    ['x-middleware-override-headers', 'cookie,x-nonce'],
    ['x-middleware-request-cookie', 'session=x'],
    ['x-nextjs-data', '1'],
    ['x-nextjs-rewrite', (path) => path],
    ['x-nextjs-redirect', (path) => path],
    ['x-nextjs-postponed', '1'],
    ['x-nextjs-cache', 'HIT'],
    ['x-nextjs-html-request-id', 'x'],
    ['x-next-cache-tags', '_N_T_/layout'],
    ['x-next-revalidated-tags', 'x'],
    ['x-prerender-revalidate', 'x'],
    ['x-prerender-bypass', 'x'],
    ['x-matched-path', (path) => path],
    ['x-now-route-matches', '1=x'],
    ['x-invoke-path', (path) => path],
    ['x-invoke-output', (path) => path],
    ['x-invoke-query', '%7B%7D'],
    ['x-invoke-status', '200'],
    ['x-invoke-error', '{"message":"x"}'],
    ['x-action-forwarded', '1'],
    ['x-vercel-internal', '1'],
    ['rsc', '1'],
    ['next-router-prefetch', '1'],
    ['next-router-prefetch', '2'],
    ['next-router-segment-prefetch', '/_tree'],
    ['next-router-segment-prefetch', (path) => `${path}/__PAGE__`],
    ['next-router-state-tree', '%5B%22%22%2C%7B%7D%5D'],
    ['next-router-state-tree', 'garbage'],
    ['next-instant-navigation-testing', '1'],
    ['next-hmr-refresh', '1'],
    ['next-url', '/'],
    ['next-url', (path) => path],
    ['next-resume', '1'],
    ['purpose', 'prefetch'],
    ['x-purpose', 'preview'],
    ['x-moz', 'prefetch'],
    ['sec-purpose', 'prefetch'],
    ['sec-purpose', 'prefetch;prerender'],
    ['sec-fetch-dest', 'image'],
    ['sec-fetch-dest', 'iframe'],
    ['sec-fetch-site', 'cross-site'],
    ['x-http-method', 'HEAD'],
    ['x-http-method-override', 'PUT'],
    ['x-method-override', 'GET'],
    ['x-original-url', '/'],
    ['x-rewrite-url', '/icon.svg'],
    ['x-forwarded-uri', '/icon.svg'],
    ['x-forwarded-path', '/icon.svg'],
    ['x-forwarded-prefix', '/icon.svg'],
    ['x-forwarded-host', elsewhere],
    ['x-forwarded-host', [elsewhere, 'localhost']],
    ['x-forwarded-server', elsewhere],
    ['x-forwarded-port', '443'],
    ['x-forwarded-proto', 'https'],
    ['x-forwarded-proto', 'javascript'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-real-ip', '127.0.0.1'],
    ['forwarded', `for=127.0.0.1;host=${elsewhere};proto=https`],
    ['x-host', elsewhere],
    ['host', elsewhere],
    ['host', ''],
    ['host', 'localhost:99999'],
    ['origin', `http://${elsewhere}`],
    ['origin', 'null'],
    ['referer', `http://${elsewhere}/`],
    ['authorization', 'Bearer x'],
    ['authorization', 'Basic YWxpY2U6eA=='],
    ['cookie', cookieHeader(site, 'session=x')],
    ['cookie', cookieHeader(site, 'session=Fe26.2*1*a*b*c*1*d*e~2')],
    ['cookie', cookieHeader(site, 'session.0=x; session.1=y; signin-x=z; signed-out=0; seen=x')],
    ['cookie', '__prerender_bypass=x; __next_preview_data=y'],
    ['cookie', '=; ;; a; =b; "; %; \u00ff'],
    ['cookie', cookieHeader(site, many('signin-'))],
    ['cookie', cookieHeader(site, `session=${'x'.repeat(12_000)}`)],
    ['accept', 'text/x-component'],
    ['accept', ''],
    ['accept', ['text/html', '*/*']],
    ['accept-language', 'x'.repeat(4000)],
    ['range', 'bytes=0-10'],
    ['if-none-match', '*'],
    ['if-modified-since', 'Thu, 01 Jan 2099 00:00:00 GMT'],
    ['cache-control', 'only-if-cached'],
    ['content-type', 'text/plain'],
    ['content-encoding', 'gzip'],
    ['x-nonce', '"><script>alert(1)</script>'],
    ['content-security-policy', "script-src 'nonce-x'"],
    ['x-long', 'x'.repeat(12_000)],
    ['x-too-long', 'x'.repeat(40_000)],
    ['x-many', Array.from({ length: 500 }, () => 'x')],
  ];
  return each.map(([header, value]) => ({
    name: `with ${header}: ${typeof value === 'function' ? value('/page') : value}`.slice(0, 80),
    headers: (path) => ({ [header]: typeof value === 'function' ? value(path) : value }),
  }));
}

const METHODS =
  'HEAD POST PUT PATCH DELETE OPTIONS TRACE PROPFIND PROPPATCH QUERY PURGE LINK LOCK MKCOL SEARCH REPORT M-SEARCH'.split(
    ' ',
  );

function methods(): Trick[] {
  const posts: [string, Record<string, string>][] = [
    ['a server action', { 'next-action': 'x'.repeat(42), 'content-type': 'text/plain' }],
    ['a server action of a form', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['a resumed render', { 'next-resume': '1' }],
    ['a method override', { 'x-http-method-override': 'GET' }],
  ];
  return [
    ...METHODS.map((method) => ({ name: `by ${method}`, method })),
    ...posts.map(([what, sent]) => ({
      name: `as ${what}`,
      method: 'POST',
      headers: () => sent,
    })),
  ];
}

/**
 * Lists every trick.
 *
 * @param known.buildId the build ID in data requests of the Pages Router
 * @param known.site the site's public origin
 * @param known.elsewhere `host:port` of another server, which records requests
 */
export function tricks(known: { buildId: string; elsewhere: string; site: string }): Trick[] {
  return [...targets(known.buildId), ...headers(known.elsewhere, known.site), ...methods()];
}
