import { site, unit } from '../mutant';

const SERVE = 'lib/cognito/static-pages/serve-open.ts';

/** What is served without reading a session. */
export const staticPages = [
  ...unit(
    SERVE,
    ['cognito/static-pages'],
    [
      {
        id: 'static-cookie',
        defense:
          'a static page gets no cookie: Next would answer a forged preview with a cookie of its own',
        find: "'if-none-match', 'next-url']",
        replace: "'if-none-match', 'next-url', 'cookie']",
      },
      {
        id: 'static-header',
        defense: 'a static page gets no header that could make Next render it again',
        find: "'if-none-match', 'next-url']",
        replace: "'if-none-match', 'next-url', 'next-action', 'content-type']",
      },
      {
        id: 'static-method',
        defense: 'a static page and a public file answer only GET and HEAD',
        find: "if (method !== 'GET' && method !== 'HEAD')",
        replace: "if (method === 'TRACE')",
      },
      {
        id: 'static-vary',
        defense: 'a shared cache holds the router’s redirect apart from the page',
        find: "response.headers.set('Vary', 'RSC');",
        replace: '',
      },
    ],
  ),
  ...unit(
    'lib/cognito/access/access-rules.ts',
    ['cognito/static-pages'],
    [
      {
        id: 'static-restricted',
        defense:
          'a static page that a group or a recent sign-in restricts is not served from caches',
        find: 'matches(page, path, STATIC)) && isUnrestricted(access, path)',
        replace: 'matches(page, path, STATIC))',
      },
      {
        id: 'file-restricted',
        defense: 'a folder of public files opens nothing that is restricted',
        find: 'matches(file, path, FILE)) && isUnrestricted(access, path)',
        replace: 'matches(file, path, FILE))',
      },
    ],
  ),
  ...unit(
    'lib/cognito/access/access-rules.ts',
    ['cognito/static-pages'],
    [
      {
        id: 'file-extension',
        defense: 'a folder of public files opens names with an extension only, so no page below it',
        find: "end: '(?<=[^/]\\\\.\\\\w+)$'",
        replace: "end: '$'",
      },
    ],
  ),
  ...unit(
    'lib/cognito/current-user.ts',
    ['in-process/current-user'],
    [
      {
        id: 'static-session',
        defense:
          'a page that the build renders can’t read a session, and would show every visitor as signed out',
        find: 'await refuseStaticRender();',
        replace: '',
      },
    ],
  ),
  ...site(
    'lib/cognito/requests/bad-headers.ts',
    ['workshop/site/static-pages'],
    [
      {
        id: 'static-router',
        defense:
          'a cache that ignores Vary keeps no redirect of the router at the page’s own address',
        find: "if (!query.includes('_rsc') && builtRoutes().prerendered.has(path)) delete headers.rsc;",
        replace: '',
      },
    ],
  ),
  ...unit(
    'lib/cognito/behind-guard.ts',
    ['cognito/behind-guard'],
    [
      {
        id: 'static-behind',
        defense: 'another middleware adds no cookie to a static page',
        find: 'isPublicFile(access, path) || isStaticPage(access, path)',
        replace: 'isPublicFile(access, path)',
      },
    ],
  ),
  ...unit(
    'tools/setup/static-pages/pages.ts',
    ['cognito/static-build'],
    [
      {
        id: 'hash-foreign',
        defense: 'a script in the content of a static page is not trusted',
        find: 'else if (text !== START && text !== THEME_SCRIPT) return',
        replace: "else if (text === '') return",
      },
      {
        id: 'hash-data',
        defense: 'only the page’s own data is trusted',
        find: 'rest.startsWith(part)',
        replace: 'part !== null',
      },
      {
        id: 'hash-chunks',
        defense: 'a second list of chunks is not trusted',
        find: 'if (chunks > 1) return',
        replace: 'if (chunks > 9) return',
      },
    ],
  ),
  ...unit(
    'tools/setup/static-pages/pages.ts',
    ['cognito/static-build'],
    [
      {
        id: 'static-revalidate',
        defense: 'no static page changes after its scripts were hashed',
        find: 'if (revalidate !== false)',
        replace: 'if (revalidate === undefined)',
      },
    ],
  ),
  ...unit(
    'tools/setup/static-pages/instrumentation.ts',
    ['cognito/static-build'],
    [
      {
        id: 'instrumentation-form',
        defense: 'an instrumentation.ts that may do something on Edge stays in the middleware',
        find: 'source === undefined || !doesNothingOnEdge(source)',
        replace: 'source === undefined',
      },
      {
        id: 'instrumentation-rest',
        defense: 'and so does one that does something after `register`',
        find: 'return /^((?: .*)?\\n)*\\}\\n$/.test(text.slice(beginning.length));',
        replace: 'return true;',
      },
      {
        id: 'instrumentation-lists',
        defense: 'a file that Next lists in another way stays in the middleware',
        find: "if (lists.some((list) => list !== joined)) return 'kept';",
        replace: '',
      },
    ],
  ),
  ...site(
    SERVE,
    ['workshop/site/static-pages'],
    [
      {
        id: 'static-all-headers',
        defense: 'a static page gets nothing of its request that could change it',
        find: 'NextResponse.next({ request: { headers } })',
        replace: 'NextResponse.next()',
      },
    ],
  ),
];
