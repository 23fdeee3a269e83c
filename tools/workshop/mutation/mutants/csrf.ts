import { unit } from '../mutant';

/** A request that changes something comes from a page of this site. */
export const csrf = [
  ...unit(
    'lib/cognito/same-origin.ts',
    ['cognito/request-kind'],
    [
      {
        id: 'origin-said',
        defence: 'a request that does not say where it comes from is refused',
        find: 'if (site === null && from === null) return false;',
        replace: '',
      },
      {
        id: 'origin-site',
        defence: 'a request that the browser calls cross-site is refused',
        find: "(site === null || site === 'same-origin') &&",
        replace: '',
      },
      {
        id: 'origin-same-site',
        defence: 'a neighbour on the same domain is another origin',
        find: "site === 'same-origin'",
        replace: "site?.startsWith('same-')",
      },
      {
        id: 'origin-none',
        defence: 'a form that the browser says nobody sent is refused',
        find: "site === 'same-origin'",
        replace: "site === 'same-origin' || site === 'none'",
      },
      {
        id: 'origin-compared',
        defence: 'the origin of a request is compared with ours',
        find: '(from === null || from === origin)',
        replace: 'true',
      },
      {
        id: 'origin-null',
        defence: 'a sandboxed page (`Origin: null`) is another origin',
        find: '(from === null || from === origin)',
        replace: "(from === null || from === 'null' || from === origin)",
      },
      {
        id: 'origin-prefix',
        defence: 'an origin that only begins like ours is another one',
        find: 'from === origin',
        replace: 'from.startsWith(origin)',
      },
    ],
  ),
  ...unit(
    'lib/cognito/same-origin.ts',
    ['cognito/authenticate'],
    [
      {
        id: 'forged-methods',
        defence: 'everything but reading may change something',
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
        defence: 'with a session, another site changes nothing, whatever the route',
        file: 'lib/cognito/admit.ts',
        find: 'if (!session && !wantsRefresh(context)) return undefined;',
        replace: 'if (!wantsRefresh(context)) return undefined;',
      },
      {
        id: 'csrf-guard-refresh',
        defence: 'another site cannot refresh a session (before it is refreshed)',
        file: 'lib/cognito/admit.ts',
        find: 'if (!isForged(request, site.config.origin)) return undefined;',
        replace: 'if (request) return undefined;',
      },
    ],
  ),
  ...unit(
    'lib/cognito/form-post.ts',
    ['cognito/form-post'],
    [
      {
        id: 'csrf-route-refresh',
        defence: '"refresh now" asks for itself where the form comes from',
        find: 'const own = isSameOrigin(request.headers, site.config.origin);',
        replace:
          "const own =\n    isSameOrigin(request.headers, site.config.origin) ||\n    request.nextUrl.pathname.startsWith('/refresh');",
      },
      {
        id: 'csrf-logout',
        defence: 'another site signs nobody out',
        find: 'const own = isSameOrigin(request.headers, site.config.origin);',
        replace:
          "const own =\n    isSameOrigin(request.headers, site.config.origin) ||\n    request.nextUrl.pathname.startsWith('/logout');",
      },
      {
        id: 'csrf-theme',
        defence: 'another site chooses nobody’s colours',
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
        defence: 'a link or an image signs nobody out',
        find: 'export function GET(request: NextRequest): Response {',
        replace:
          "export function GET(request: NextRequest): Response | Promise<Response> {\n  if (request.headers.get('sec-fetch-mode') !== 'x') return POST(request);",
      },
    ],
  ),
];
