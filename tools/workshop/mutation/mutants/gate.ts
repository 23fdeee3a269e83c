import { site, unit } from '../mutant';

const ACCESS = 'lib/cognito/access/access-rules.ts';
const PATTERNS = 'lib/cognito/access/patterns.ts';
const GATE = 'lib/cognito/request-kind.ts';

/** Who may see what, and the responses to requests that are refused. */
export const gate = [
  ...unit(
    ACCESS,
    ['cognito/access-rules', 'in-process/access'],
    [
      {
        id: 'access-exact',
        defense: 'a public path does not make the paths below it public',
        file: PATTERNS,
        find: '(${IMAGE})?/?$`',
        replace: '(${IMAGE})?(/.*)?$`',
      },
      {
        id: 'access-case',
        defense: 'public paths are case-sensitive',
        find: 'matches(page, path, OPEN)',
        replace: 'matches(page, path.toLowerCase(), OPEN)',
      },
      {
        id: 'access-default',
        defense: 'everything is private unless it is listed',
        find: 'const open = ',
        replace: "const open = !path.startsWith('/admin') || ",
      },
      {
        id: 'access-parameter',
        defense: 'a parameter of a pattern matches one segment only',
        file: PATTERNS,
        find: 'if (!rest) return `/${segment}`;',
        replace: 'if (!rest) return `(/${segment})+`;',
      },
      {
        id: 'access-parameter-needed',
        defense: 'a pattern with a parameter does not match the page above it',
        file: PATTERNS,
        find: "optional ? '*' : '+'",
        replace: "'*'",
      },
      {
        id: 'access-parameter-malformed',
        defense: 'a segment with a stray bracket is no parameter',
        file: PATTERNS,
        find: '[^[\\].]+\\]+$/',
        replace: '[^[\\].]*/',
      },
      {
        id: 'access-encoding',
        defense: 'an encoded slash, backslash or letter does not match a public pattern',
        file: PATTERNS,
        tests: ['cognito/access-rules', 'fuzz/access'],
        find: '[^/%\\\\\\\\]|',
        replace: '[^/\\\\\\\\]|',
      },
      {
        id: 'access-segments',
        defense: 'the other address of a page that is restricted does not match a public pattern',
        file: PATTERNS,
        find: '|\\\\.segments/',
        replace: '',
      },
      {
        id: 'access-dots',
        defense: 'dot segments do not match a public pattern',
        file: PATTERNS,
        find: '(/\\\\.\\\\.?(/|$)|',
        replace: '(',
      },
      {
        id: 'access-internal',
        defense: "Next's internal paths do not match a public pattern",
        file: PATTERNS,
        find: '(?!/_|',
        replace: '(?!',
      },
      {
        id: 'access-restricted-first',
        defense: 'a page for a group is never public, even if a pattern matches it',
        find: 'open && groupFor(access, path) === undefined && ',
        replace: 'open && ',
      },
      {
        id: 'access-recent-first',
        defense: 'a page that needs a recent sign-in is never public, even if a pattern matches it',
        find: ' && maxAgeFor(access, path) === undefined;',
        replace: ';',
      },
      {
        id: 'access-restricted-encoding',
        defense: 'a pattern that restricts matches every spelling of a parameter',
        file: PATTERNS,
        find: "segment: '[^/]+'",
        replace: "segment: '[\\\\w-]+'",
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
        tests: ['cognito/request-kind', 'cognito/refusals'],
        find: "path === '/api' || path.startsWith('/api/')",
        replace: 'false',
      },
      {
        id: 'access-group-below',
        defense: "paths below a group's page are for that group, too",
        find: 'matches(page, path, BELOW)',
        replace: 'matches(page, path, PAGE)',
      },
      {
        id: 'access-recent',
        defense: 'the middleware knows which pages require a recent sign-in',
        find: 'matches(page, path, PAGE)',
        replace: "path === '/x'",
      },
      {
        id: 'access-recent-slash',
        defense: 'the same page with a trailing slash requires it, too',
        file: PATTERNS,
        find: "end: '/?$' };",
        replace: "end: '$' };",
      },
      {
        id: 'access-bearer',
        defense: 'an API route for a group, or for recent sign-ins, refuses bearer tokens, too',
        file: 'lib/cognito/admit.ts',
        find: 'return enter(context, bearer.groups, bearer.signInAge);',
        replace: 'return passThrough(context);',
      },
      {
        id: 'access-bearer-age',
        defense: 'a bearer token has the age of its sign-in, not of its last refresh',
        file: 'lib/cognito/bearer.ts',
        tests: ['cognito/authenticate'],
        find: 'signInAge: signInAge(claims, now)',
        replace: 'signInAge: now - claims.iat',
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
        defense: 'a prefetched or prerendered page starts no sign-in',
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
        defense: 'HEAD starts no sign-in',
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
        find: 'const options = { ...reason, returnTo',
        replace: 'const options = { returnTo',
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
        find: 'verifyAccessToken(client, token, now)',
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
