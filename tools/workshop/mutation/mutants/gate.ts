import { site, unit } from '../mutant';

const ACCESS = 'lib/cognito/access-rules.ts';
const GATE = 'lib/cognito/request-kind.ts';

/** Who may see what, and the responses to requests that are refused. */
export const gate = [
  ...unit(
    ACCESS,
    ['cognito/access-rules', 'cognito/request-kind', 'cognito/refusals'],
    [
      {
        id: 'access-exact',
        defense: 'a public path does not make the paths below it public',
        find: 'access.publicPages.includes(path)',
        replace: 'access.publicPages.some((page) => path.startsWith(page))',
      },
      {
        id: 'access-case',
        defense: 'public paths are case-sensitive',
        find: 'access.publicPages.includes(path)',
        replace: 'access.publicPages.includes(path.toLowerCase())',
      },
      {
        id: 'access-sign-in-exact',
        defense: 'paths that start like a sign-in route are not public',
        find: 'SIGN_IN_PAGES.includes(path)',
        replace: 'SIGN_IN_PAGES.some((page) => path.startsWith(page))',
      },
      {
        id: 'access-default',
        defense: 'everything is private unless it is listed',
        find: 'access.publicPages.includes(path)',
        replace: "(access.publicPages.includes(path) || !path.startsWith('/admin'))",
      },
      {
        id: 'access-file-exact',
        defense: 'paths that start like a public file are not public',
        find: 'access.publicFiles.includes(path)',
        replace: 'access.publicFiles.some((file) => path.startsWith(file))',
      },
      {
        id: 'access-api',
        defense: 'an API never responds with a redirect',
        file: 'lib/cognito/request-kind.ts',
        find: "path === '/api' || path.startsWith('/api/')",
        replace: 'false',
      },
      {
        id: 'access-group-below',
        defense: "paths below a group's page are for that group, too",
        find: 'path === page || path.startsWith(`${page}/`)',
        replace: 'path === page',
      },
      {
        id: 'access-recent',
        defense: 'the middleware knows which pages require a recent sign-in',
        find: 'return Object.hasOwn(access.recentSignInPages, page) ? access.recentSignInPages[page] : undefined;',
        replace: 'return page === undefined ? 0 : undefined;',
      },
      {
        id: 'access-recent-slash',
        defense: 'the same page with a trailing slash requires it, too',
        find: "const page = path.replace(/(?<=.)\\/$/, '');",
        replace: 'const page = path;',
      },
      {
        id: 'access-recent-own',
        defense:
          'properties that every object inherits are not pages that require a recent sign-in',
        find: 'return Object.hasOwn(access.recentSignInPages, page) ? access.recentSignInPages[page] : undefined;',
        replace: 'return access.recentSignInPages[page];',
        explained: 'every path starts with a slash, and no inherited property does',
      },
    ],
  ),
  ...site(
    'app/forbidden/page.tsx',
    ['site/access'],
    [
      {
        id: 'access-group-known',
        defense: 'the 403 page names only groups that pages require',
        find: 'find((name) => name === group)',
        replace: 'map(() => String(group))[0]',
      },
    ],
  ),
  ...unit(
    GATE,
    ['cognito/request-kind', 'cognito/refusals'],
    [
      {
        id: 'gate-data-request',
        defense: 'a data request from the Pages Router gets a status, not a redirect',
        find: "isApi(path) || headers.has('x-nextjs-data')",
        replace: 'isApi(path)',
      },
      {
        id: 'gate-speculative',
        defense: 'a prefetched or prerendered page does not start a sign-in',
        find: 'if (isSpeculative(headers)) return false;',
        replace: '',
      },
      {
        id: 'gate-prerender',
        defense: 'a prefetch is recognized by the older `Purpose` header, too',
        find: "`${headers.get('sec-purpose')} ${headers.get('purpose')}`",
        replace: "`${headers.get('sec-purpose')}`",
      },
      {
        id: 'gate-destination',
        defense: 'an iframe, an image or a fetch is not a document',
        find: "return destination === 'document';",
        replace: 'return true;',
      },
      {
        id: 'gate-metadata',
        defense: 'a request with fetch metadata but no destination is not a document',
        find: "if (headers.has('sec-fetch-mode') || headers.has('sec-fetch-site')) return false;",
        replace: '',
      },
      {
        id: 'gate-accept',
        defense: 'a request that does not accept HTML gets a status, not a redirect',
        find: "return /\\btext\\/html\\b/i.test(headers.get('accept') ?? '');",
        replace: 'return true;',
      },
      {
        id: 'gate-method',
        defense: 'methods other than GET, HEAD and POST get a status',
        find: "method === 'POST' ? 'form' : 'fetch'",
        replace: "'form'",
      },
      {
        id: 'gate-head',
        defense: 'HEAD does not start a sign-in',
        file: 'lib/cognito/refusals.ts',
        find: "'document-head': {\n    'signed-out': goToLogin,",
        replace: "'document-head': {\n    'signed-out': goToHostedUi,",
      },
      {
        id: 'gate-form',
        defense: 'the body of a form is not sent on to the hosted UI',
        file: 'lib/cognito/refusals.ts',
        find: "form: {\n    'signed-out': goToLogin,",
        replace: "form: {\n    'signed-out': goToHostedUi,",
      },
      {
        id: 'gate-form-body',
        file: 'lib/cognito/refusals.ts',
        defense: 'the body of a form is not sent to `/login`, either',
        find: 'status: 303 };',
        replace: 'status: 307 };',
      },
      {
        id: 'gate-fetch',
        defense: 'a fetch gets a 401, not a redirect to another origin',
        file: 'lib/cognito/refusals.ts',
        find: "'signed-out': unauthorized,",
        replace: "'signed-out': goToHostedUi,",
      },
      {
        id: 'gate-fetch-too-old',
        file: 'lib/cognito/refusals.ts',
        defense: 'an API caller whose sign-in is too old learns that, and how old it may be',
        find: 'if (maxAge === undefined) {',
        replace: 'if (maxAge === undefined || maxAge > 0) {',
      },
      {
        id: 'gate-recent-hosted',
        file: 'lib/cognito/refusals.ts',
        defense:
          'a page that requires a recent sign-in makes the hosted UI ask for the password again',
        find: 'const purpose = { ...reason, returnTo',
        replace: 'const purpose = { returnTo',
      },
      {
        id: 'gate-recent-login',
        file: 'lib/cognito/refusals.ts',
        defense: 'that requirement is not lost on the way through `/login`',
        find: "if (reason.maxAge !== undefined) query.set('max_age', String(reason.maxAge));",
        replace: '',
      },
      {
        id: 'gate-outage',
        defense: 'during an outage, API callers are asked to retry, not to sign in',
        file: 'lib/cognito/refusals.ts',
        find: 'unavailable: (_, { error }) => responses.unavailableJson(error),',
        replace: 'unavailable: () => responses.unauthorized(),',
      },
      {
        id: 'gate-fetch-ended',
        defense: 'a fetch that lost a refresh race is asked to retry',
        file: 'lib/cognito/refusals.ts',
        find: 'ended: unauthorizedYet,',
        replace: 'ended: (context) => unauthorized(context, {}),',
      },
      {
        id: 'gate-form-ended',
        defense: 'a form that lost a refresh race is redirected once to retry, not signed out',
        file: 'lib/cognito/refusals.ts',
        find: "form: {\n    'signed-out': goToLogin,\n    ended: askAgain,",
        replace:
          "form: {\n    'signed-out': goToLogin,\n    ended: (context) => goToLogin(context, {}),",
      },
    ],
  ),
  ...unit(
    GATE,
    ['workshop/in-process/races'],
    [
      {
        id: 'gate-document-ended',
        defense:
          'a document request that lost a refresh race is redirected once to retry, not signed out',
        file: 'lib/cognito/refusals.ts',
        find: "'signed-out': goToHostedUi,\n    ended: askAgain,",
        replace: "'signed-out': goToHostedUi,\n    ended: (context) => goToHostedUi(context, {}),",
      },
    ],
  ),
  ...unit(
    'lib/cognito/bearer.ts',
    ['cognito/answers', 'cognito/refusals'],
    [
      {
        id: 'bearer-decides',
        defense: 'an invalid bearer token is refused even next to a valid session',
        find: "later ? 'unavailable' : 'invalid'",
        replace: "later ? 'unavailable' : 'none'",
      },
      {
        id: 'bearer-outage',
        defense: 'a bearer token that cannot be verified right now is not called invalid',
        find: "later ? 'unavailable' : 'invalid'",
        replace: "'invalid'",
      },
      {
        id: 'bearer-expiry',
        defense: 'an expired bearer token is refused',
        find: 'verifyAccessToken(client, token, client.now())',
        replace: 'verifyAccessToken(client, token, 1_800_000_000)',
      },
      {
        id: 'bearer-scheme',
        defense: 'a scheme that only starts with "Bearer" is a different scheme',
        find: '/^bearer(\\s|$)/i',
        replace: '/^bearer/i',
      },
      {
        id: 'bearer-case',
        defense: 'the scheme is case-insensitive',
        find: '/^bearer(\\s|$)/i',
        replace: '/^Bearer(\\s|$)/',
      },
    ],
  ),
];
