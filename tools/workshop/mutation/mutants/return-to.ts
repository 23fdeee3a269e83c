import { unit } from '../mutant';

/** Where a sign-in, a form or a refresh may lead. */
export const returnTo = [
  ...unit(
    'lib/cognito/session/return-to.ts',
    ['cognito/return-to'],
    [
      {
        id: 'return-relative',
        defence: 'only a path comes out, no address',
        find: " || !value.startsWith('/')",
        replace: '',
      },
      {
        id: 'return-backslash',
        defence: 'backslashes and control characters lead to the front page',
        find: "if (/[\\\\\\p{Cc}]/u.test(value)) return '/';",
        replace: '',
      },
      {
        id: 'return-unparsable',
        defence: 'what is no address is no error',
        find: 'const url = asUrl(value, origin);',
        replace: 'const url = new URL(value, origin);',
      },
      {
        id: 'return-origin',
        defence: 'an address of another origin leads to the front page',
        find: "if (url?.origin !== origin) return '/';\n  //",
        replace: "if (!url) return '/';\n  //",
      },
      {
        id: 'return-double-slash',
        defence: 'a path that would be read as a host leads to the front page',
        find: "if (url.pathname.startsWith('//')) return '/';",
        replace: '',
      },
      {
        id: 'return-never',
        defence: 'nobody is led back to signing in, out, or refreshing',
        find: "NEVER.includes(path) || safe.length > MAX_LENGTH ? '/' : safe",
        replace: "safe.length > MAX_LENGTH ? '/' : safe",
      },
      {
        id: 'return-slashes',
        defence: 'nor by a spelling of those with more slashes',
        find: ".replace(/\\/+/g, '/')",
        replace: '',
      },
      {
        id: 'return-grown',
        defence: 'a path that grows too long when it is encoded is not carried along',
        find: "NEVER.includes(path) || safe.length > MAX_LENGTH ? '/' : safe",
        replace: "NEVER.includes(path) ? '/' : safe",
      },
      {
        id: 'referer-origin',
        defence: 'a form of another site leads to the front page, not to its own path here',
        find: "url?.origin === origin ? safeReturnTo(`${url.pathname}${url.search}`, origin) : '/'",
        replace: "url ? safeReturnTo(`${url.pathname}${url.search}`, origin) : '/'",
      },
      {
        id: 'referer-safe',
        defence: 'a path out of a `Referer` is checked like any other',
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
        defence: 'the path of a request is checked before anybody is led back to it',
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
        defence: 'a form of another site that is refused leads to the front page',
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
        defence: '"refresh now" leads back to a page of this site',
        find: "refererPath(request.headers.get('referer'), origin)",
        replace: "(request.headers.get('referer') ?? '/')",
      },
    ],
  ),
];
