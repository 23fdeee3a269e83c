import { unit } from '../mutant';

/** A request that changes something must come from a page of this site. */
export const csrf = [
  ...unit(
    'lib/cognito/request-kind.ts',
    ['cognito/request-kind'],
    [
      {
        id: 'origin-said',
        defense: 'a request that does not say where it comes from is refused',
        find: 'if (site === null && from === null) return false;',
        replace: '',
      },
      {
        id: 'origin-site',
        defense: 'a request that the browser marks as cross-site is refused',
        find: "(site === null || site === 'same-origin') &&",
        replace: '',
      },
      {
        id: 'origin-same-site',
        defense: 'a sibling subdomain is another origin',
        find: "site === 'same-origin'",
        replace: "site?.startsWith('same-')",
      },
      {
        id: 'origin-none',
        defense: 'a request that the browser marks as user-initiated (`none`) is refused',
        find: "site === 'same-origin'",
        replace: "site === 'same-origin' || site === 'none'",
      },
      {
        id: 'origin-compared',
        defense: "the `Origin` header is compared with the site's origin",
        find: '(from === null || from === origin)',
        replace: 'true',
      },
      {
        id: 'origin-null',
        defense: 'a sandboxed page (`Origin: null`) is another origin',
        find: '(from === null || from === origin)',
        replace: "(from === null || from === 'null' || from === origin)",
      },
      {
        id: 'origin-prefix',
        defense: "an origin that only starts with the site's is another origin",
        find: 'from === origin',
        replace: 'from.startsWith(origin)',
      },
    ],
  ),
  ...unit(
    'lib/cognito/request-kind.ts',
    ['cognito/authenticate'],
    [
      {
        id: 'forged-methods',
        defense: 'every method except GET, HEAD and OPTIONS may change something',
        find: "const SAFE = ['GET', 'HEAD', 'OPTIONS'];",
        replace: "const SAFE = ['GET', 'HEAD', 'OPTIONS', 'PUT'];",
      },
    ],
  ),
  ...unit(
    'lib/cognito/guard.ts',
    ['workshop/in-process/forgery'],
    [
      {
        id: 'csrf-guard-session',
        defense: 'with a session, another site cannot change anything on any route',
        file: 'lib/cognito/admit.ts',
        find: 'const guarded = session !== null || wantsRefresh(context);',
        replace: 'const guarded = wantsRefresh(context);',
      },
      {
        id: 'csrf-guard-refresh',
        defense: 'another site cannot cause a refresh; this is checked before the refresh',
        file: 'lib/cognito/admit.ts',
        find: 'if (guarded && isForged(request, site.config.origin))',
        replace: 'if (guarded && !request)',
      },
    ],
  ),
  ...unit(
    'lib/cognito/form-post.ts',
    ['cognito/form-post'],
    [
      {
        id: 'csrf-route-refresh',
        defense: 'the "refresh now" route itself checks where the form comes from',
        find: 'const own = isSameOrigin(request.headers, site.config.origin);',
        replace:
          "const own =\n    isSameOrigin(request.headers, site.config.origin) ||\n    request.nextUrl.pathname.startsWith('/refresh');",
      },
      {
        id: 'csrf-logout',
        defense: 'another site cannot sign the user out',
        find: 'const own = isSameOrigin(request.headers, site.config.origin);',
        replace:
          "const own =\n    isSameOrigin(request.headers, site.config.origin) ||\n    request.nextUrl.pathname.startsWith('/logout');",
      },
      {
        id: 'csrf-theme',
        defense: 'another site cannot change the theme',
        find: 'const own = isSameOrigin(request.headers, site.config.origin);',
        replace:
          "const own =\n    isSameOrigin(request.headers, site.config.origin) ||\n    request.nextUrl.pathname.startsWith('/theme');",
      },
    ],
  ),
  ...unit(
    'app/logout/route.ts',
    ['workshop/in-process/forgery', 'in-process/sign-out'],
    [
      {
        id: 'csrf-logout-get',
        defense: 'a link or an image cannot sign the user out',
        find: 'export function GET(request: NextRequest): Response {',
        replace:
          "export function GET(request: NextRequest): Response | Promise<Response> {\n  if (request.headers.get('sec-fetch-mode') !== 'x') return POST(request);",
      },
    ],
  ),
];
