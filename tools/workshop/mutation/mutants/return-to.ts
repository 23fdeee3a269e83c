import { unit } from '../mutant';

/** Where a sign-in, a form or a refresh may redirect to. */
export const returnTo = [
  ...unit(
    'lib/cognito/session/return-to.ts',
    ['cognito/return-to'],
    [
      {
        id: 'return-relative',
        defense: 'the result is a path, never a full URL',
        find: " || !value.startsWith('/')",
        replace: '',
      },
      {
        id: 'return-backslash',
        defense: 'backslashes and control characters lead to the front page',
        find: "if (/[\\\\\\p{Cc}]/u.test(value)) return '/';",
        replace: '',
      },
      {
        id: 'return-unparsable',
        defense: 'an unparsable URL does not throw',
        find: 'const url = asUrl(value, origin);',
        replace: 'const url = new URL(value, origin);',
      },
      {
        id: 'return-origin',
        defense: 'a URL of another origin leads to the front page',
        find: "if (url?.origin !== origin) return '/';\n  //",
        replace: "if (!url) return '/';\n  //",
      },
      {
        id: 'return-double-slash',
        defense: 'a path that a browser would read as a host leads to the front page',
        find: "if (url.pathname.startsWith('//')) return '/';",
        replace: '',
      },
      {
        id: 'return-never',
        defense: 'no return-to path leads to signing in, signing out or refreshing',
        find: "NEVER.includes(path) || safe.length > MAX_LENGTH ? '/' : safe",
        replace: "safe.length > MAX_LENGTH ? '/' : safe",
      },
      {
        id: 'return-slashes',
        defense: 'the same paths spelled with extra slashes are refused, too',
        find: ".replace(/\\/+/g, '/')",
        replace: '',
      },
      {
        id: 'return-grown',
        defense: 'a path that gets too long when it is encoded is dropped',
        find: "NEVER.includes(path) || safe.length > MAX_LENGTH ? '/' : safe",
        replace: "NEVER.includes(path) ? '/' : safe",
      },
      {
        id: 'referer-origin',
        defense:
          'a `Referer` from another site leads to the front page, not to the same path on this site',
        find: "url?.origin === origin ? safeReturnTo(`${url.pathname}${url.search}`, origin) : '/'",
        replace: "url ? safeReturnTo(`${url.pathname}${url.search}`, origin) : '/'",
      },
      {
        id: 'referer-safe',
        defense: 'a path from a `Referer` is checked like any other',
        find: 'safeReturnTo(`${url.pathname}${url.search}`, origin)',
        replace: '`${url.pathname}${url.search}`',
      },
    ],
  ),
  ...unit(
    'lib/cognito/request-context.ts',
    ['in-process/locations', 'in-process/access', 'in-process/sign-in'],
    [
      {
        id: 'return-here',
        defense: 'the path of a request is checked before it is used as return-to',
        find: '  return safeReturnTo(',
        replace:
          '  const safeReturnTo = (value: string, _: string) => value;\n  return safeReturnTo(',
      },
    ],
  ),
  ...unit(
    'lib/cognito/refusals.ts',
    ['in-process/access', 'in-process/locations'],
    [
      {
        id: 'return-referer',
        defense: 'a refused form from another site leads to the front page',
        find: 'refererPath(referer, context.site.config.origin)',
        replace: "(referer ?? '/')",
      },
    ],
  ),
  ...unit(
    'app/refresh/route.ts',
    ['in-process/refresh', 'in-process/locations'],
    [
      {
        id: 'return-refresh',
        defense: '"refresh now" leads back to a page of this site',
        find: "refererPath(request.headers.get('referer'), origin)",
        replace: "(request.headers.get('referer') ?? '/')",
      },
    ],
  ),
  ...unit(
    'app/theme/route.ts',
    ['in-process/theme'],
    [
      {
        id: 'return-theme',
        defense: 'the choice of a theme leads back to a page of this site',
        find: "const page = refererPath(request.headers.get('referer'), config.origin);",
        replace:
          "const page = new URL(request.headers.get('referer') ?? '/', config.origin).pathname;",
      },
    ],
  ),
];
