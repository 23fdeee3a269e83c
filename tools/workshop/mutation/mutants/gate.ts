import { site, unit } from '../mutant';

const ACCESS = 'lib/cognito/access-rules.ts';
const GATE = 'lib/cognito/request-kind.ts';

/** Who may see what, and what goes out to those who may not. */
export const gate = [
  ...unit(
    ACCESS,
    ['cognito/access-rules', 'cognito/request-kind', 'cognito/refusals'],
    [
      {
        id: 'access-exact',
        defence: 'a public path opens nothing below it',
        find: 'access.publicPages.includes(path)',
        replace: 'access.publicPages.some((page) => path.startsWith(page))',
      },
      {
        id: 'access-case',
        defence: 'a public path is matched as it is written',
        find: 'access.publicPages.includes(path)',
        replace: 'access.publicPages.includes(path.toLowerCase())',
      },
      {
        id: 'access-sign-in-exact',
        defence: 'nor does the sign-in itself open anything near it',
        find: 'SIGN_IN_PAGES.includes(path)',
        replace: 'SIGN_IN_PAGES.some((page) => path.startsWith(page))',
      },
      {
        id: 'access-default',
        defence: 'everything is private until it is listed',
        find: 'access.publicPages.includes(path)',
        replace: "(access.publicPages.includes(path) || !path.startsWith('/admin'))",
      },
      {
        id: 'access-file-exact',
        defence: 'a public file opens nothing near it',
        find: 'access.publicFiles.includes(path)',
        replace: 'access.publicFiles.some((file) => path.startsWith(file))',
      },
      {
        id: 'access-api',
        defence: 'an API never answers with a redirect',
        file: 'lib/cognito/request-kind.ts',
        find: "path === '/api' || path.startsWith('/api/')",
        replace: 'false',
      },
      {
        id: 'access-group-below',
        defence: 'what lies below the page of a group is for the group',
        find: 'path === page || path.startsWith(`${page}/`)',
        replace: 'path === page',
      },
      {
        id: 'access-recent',
        defence: 'the middleware knows which page asks for a fresh sign-in',
        find: 'return Object.hasOwn(access.recentSignInPages, page) ? access.recentSignInPages[page] : undefined;',
        replace: 'return page === undefined ? 0 : undefined;',
      },
      {
        id: 'access-recent-slash',
        defence: 'the same page with a slash at its end asks, too',
        find: "const page = path.replace(/(?<=.)\\/$/, '');",
        replace: 'const page = path;',
      },
      {
        id: 'access-recent-own',
        defence: 'what every object has is no page that wants a recent sign-in',
        find: 'return Object.hasOwn(access.recentSignInPages, page) ? access.recentSignInPages[page] : undefined;',
        replace: 'return access.recentSignInPages[page];',
        explained: 'every path begins with a slash, and nothing that every object has does',
      },
    ],
  ),
  ...site(
    'app/forbidden/page.tsx',
    ['site/access'],
    [
      {
        id: 'access-group-known',
        defence: 'a 403 page names only groups that pages ask for',
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
        defence: 'a data request of the old router gets a status, not a redirect',
        find: "isApi(path) || headers.has('x-nextjs-data')",
        replace: 'isApi(path)',
      },
      {
        id: 'gate-speculative',
        defence: 'a page loaded ahead of time starts no sign-in',
        find: 'if (isSpeculative(headers)) return false;',
        replace: '',
      },
      {
        id: 'gate-prerender',
        defence: 'a prefetch is seen in the older header, too',
        find: "`${headers.get('sec-purpose')} ${headers.get('purpose')}`",
        replace: "`${headers.get('sec-purpose')}`",
      },
      {
        id: 'gate-destination',
        defence: 'an iframe, an image or a fetch is no document',
        find: "return destination === 'document';",
        replace: 'return true;',
      },
      {
        id: 'gate-metadata',
        defence: 'fetch metadata without a destination is no document',
        find: "if (headers.has('sec-fetch-mode') || headers.has('sec-fetch-site')) return false;",
        replace: '',
      },
      {
        id: 'gate-accept',
        defence: 'who does not ask for HTML gets a status, not a redirect',
        find: "return /\\btext\\/html\\b/i.test(headers.get('accept') ?? '');",
        replace: 'return true;',
      },
      {
        id: 'gate-method',
        defence: 'methods other than GET, HEAD and POST get a status',
        find: "method === 'POST' ? 'form' : 'fetch'",
        replace: "'form'",
      },
      {
        id: 'gate-head',
        defence: 'HEAD starts no sign-in',
        file: 'lib/cognito/refusals.ts',
        find: "'document-head': {\n    'signed-out': goToLogin,",
        replace: "'document-head': {\n    'signed-out': goToHostedUi,",
      },
      {
        id: 'gate-form',
        defence: 'the body of a form is not sent on to the hosted UI',
        file: 'lib/cognito/refusals.ts',
        find: "form: {\n    'signed-out': goToLogin,",
        replace: "form: {\n    'signed-out': goToHostedUi,",
      },
      {
        id: 'gate-form-body',
        file: 'lib/cognito/refusals.ts',
        defence: 'the body of a form is not sent to `/login` either',
        find: 'status: 303 };',
        replace: 'status: 307 };',
      },
      {
        id: 'gate-fetch',
        defence: 'a fetch gets a 401, not a redirect to another origin',
        file: 'lib/cognito/refusals.ts',
        find: "'signed-out': unauthorized,",
        replace: "'signed-out': goToHostedUi,",
      },
      {
        id: 'gate-fetch-too-old',
        file: 'lib/cognito/refusals.ts',
        defence: 'an API caller whose sign-in is too old is told so, and how old it may be',
        find: 'if (maxAge === undefined) {',
        replace: 'if (maxAge === undefined || maxAge > 0) {',
      },
      {
        id: 'gate-recent-hosted',
        file: 'lib/cognito/refusals.ts',
        defence: 'a page that wants a recent sign-in has the hosted UI ask again',
        find: 'const options = { ...reason, returnTo',
        replace: 'const options = { returnTo',
      },
      {
        id: 'gate-recent-login',
        file: 'lib/cognito/refusals.ts',
        defence: 'and that is not lost on the way through `/login`',
        find: "if (reason.maxAge !== undefined) query.set('max_age', String(reason.maxAge));",
        replace: '',
      },
      {
        id: 'gate-outage',
        defence: 'an outage tells an API caller to come back, not to sign in',
        file: 'lib/cognito/refusals.ts',
        find: 'unavailable: (_, { error }) => responses.unavailableJson(error),',
        replace: 'unavailable: () => responses.unauthorized(),',
      },
      {
        id: 'gate-fetch-ended',
        defence: 'a fetch that lost a race is told to try again',
        file: 'lib/cognito/refusals.ts',
        find: 'ended: unauthorizedYet,',
        replace: 'ended: (context) => unauthorized(context, {}),',
      },
      {
        id: 'gate-form-ended',
        defence: 'a form that lost a race is asked for once more, not signed out',
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
        defence: 'a document that lost a race is asked for once more, not signed out',
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
        defence: 'a bad bearer token is refused even beside a good session',
        find: "later ? 'unavailable' : 'invalid'",
        replace: "later ? 'unavailable' : 'none'",
      },
      {
        id: 'bearer-outage',
        defence: 'a bearer token that cannot be verified now is not called bad',
        find: "later ? 'unavailable' : 'invalid'",
        replace: "'invalid'",
      },
      {
        id: 'bearer-expiry',
        defence: 'a bearer token that is over is refused',
        find: 'verifyAccessToken(client, token, client.now())',
        replace: 'verifyAccessToken(client, token, 1_800_000_000)',
      },
      {
        id: 'bearer-scheme',
        defence: 'a scheme that only begins like Bearer is another one',
        find: '/^bearer(\\s|$)/i',
        replace: '/^bearer/i',
      },
      {
        id: 'bearer-case',
        defence: 'the scheme may be written in any case, and decides all the same',
        find: '/^bearer(\\s|$)/i',
        replace: '/^Bearer(\\s|$)/',
      },
    ],
  ),
];
