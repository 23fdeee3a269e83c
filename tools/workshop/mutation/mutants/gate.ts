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
        find: "return html && !headers.has('sec-fetch-mode') && !headers.has('sec-fetch-site');",
        replace: 'return html;',
      },
      {
        id: 'gate-accept',
        defense: 'a request that does not accept HTML gets a status, not a redirect',
        find: "const html = /\\btext\\/html\\b/i.test(headers.get('accept') ?? '');",
        replace: 'const html = true;',
      },
      {
        id: 'gate-worker',
        defense: 'a navigation that a service worker passes on is still a document',
        find: "if (destination === 'empty') return html && headers.get('sec-fetch-mode') === 'navigate';",
        replace: '',
      },
      {
        id: 'gate-worker-fetch',
        defense: 'a fetch of HTML is not a navigation that a service worker passes on',
        find: "return html && headers.get('sec-fetch-mode') === 'navigate';",
        replace: 'return html;',
      },
      {
        id: 'gate-worker-accept',
        defense: 'a navigation through a service worker is a document only if it accepts HTML',
        find: "return html && headers.get('sec-fetch-mode') === 'navigate';",
        replace: "return headers.get('sec-fetch-mode') === 'navigate';",
      },
      {
        id: 'gate-action',
        defense: "a Server Action is refused with what Next's client understands",
        find: "if (method === 'POST' && headers.has('next-action')) return 'action';",
        replace: '',
      },
      {
        id: 'gate-action-method',
        defense: 'only a POST is a Server Action',
        find: "method === 'POST' && headers.has('next-action')",
        replace: "headers.has('next-action')",
      },
      {
        id: 'gate-action-sign-in',
        defense: 'the client of a Server Action is redirected to sign in',
        file: 'lib/cognito/refusals.ts',
        find: "if (context.kind === 'action') return responses.redirectTo(login, 303, responses.ACTION);",
        replace: '',
      },
      {
        id: 'gate-action-group',
        defense: "the client of a Server Action loads the group's 403 page",
        file: 'lib/cognito/refusals.ts',
        find: 'ended: askAgain, group: loadPage }',
        replace: 'ended: askAgain }',
      },
      {
        id: 'gate-action-semicolon',
        defense: "a semicolon in a path does not cut off a Server Action's redirect",
        file: 'lib/cognito/refusals.ts',
        find: ".replaceAll(';', '%3B')",
        replace: '',
      },
      {
        id: 'gate-action-text',
        defense: 'the client of a Server Action shows a text that is true',
        file: 'lib/cognito/responses/plain-page.ts',
        find: "'Content-Type': asText ? 'text/plain' : 'text/html; charset=utf-8',",
        replace: "'Content-Type': 'text/html; charset=utf-8',",
      },
      {
        id: 'gate-fetch-forged',
        defense: 'a fetch of another site is refused in JSON',
        file: 'lib/cognito/refusals.ts',
        find: 'forged: ({ page }) => logDenied(responses.forbiddenJson(), FOREIGN, page.reference),',
        replace: 'forged: ({ page }) => responses.foreignFormPage(page),',
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
        find: "'document-head': { ...IN_WORDS, 'signed-out': goToLogin,",
        replace: "'document-head': { ...IN_WORDS, 'signed-out': goToHostedUi,",
      },
      {
        id: 'gate-form',
        defense: 'the body of a form is not sent on to the hosted UI',
        file: 'lib/cognito/refusals.ts',
        find: "form: { ...IN_WORDS, 'signed-out': goToLogin,",
        replace: "form: { ...IN_WORDS, 'signed-out': goToHostedUi,",
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
        find: "ended: ({ page }) => logDenied(responses.unauthorizedYet(), 'session ended', page.reference),",
        replace: 'ended: (context) => unauthorized(context, {}),',
      },
      {
        id: 'gate-form-ended',
        defense: 'a form that lost a refresh race is redirected once to retry, not signed out',
        file: 'lib/cognito/refusals.ts',
        find: "form: { ...IN_WORDS, 'signed-out': goToLogin, ended: askAgain }",
        replace: "form: { ...IN_WORDS, 'signed-out': goToLogin, ended: goToLogin }",
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
        find: "'signed-out': goToHostedUi, ended: askAgain }",
        replace: "'signed-out': goToHostedUi, ended: (context) => goToHostedUi(context, {}) }",
      },
      {
        id: 'gate-action-ended',
        defense: 'a Server Action that lost a refresh race is sent again, so that no text is lost',
        file: 'lib/cognito/refusals.ts',
        find: "'signed-out': goToLogin, ended: askAgain, group",
        replace: "'signed-out': goToLogin, ended: goToLogin, group",
      },
      {
        id: 'gate-action-loop',
        defense: 'a Server Action that was sent again is not redirected forever',
        file: 'lib/cognito/admit.ts',
        find: '/^(document|action)$/.test(kind)',
        replace: '/^(document)$/.test(kind)',
      },
    ],
  ),
  ...unit(
    'lib/cognito/admit.ts',
    ['in-process/access'],
    [
      {
        id: 'gate-preflight',
        defense: "a preflight reaches the API's route handler",
        find: "if (isApi(path) && request.method === 'OPTIONS') return passThrough(context);",
        replace: '',
      },
      {
        id: 'gate-preflight-api',
        defense: 'OPTIONS for a page is not let through',
        find: "isApi(path) && request.method === 'OPTIONS'",
        replace: "request.method === 'OPTIONS'",
      },
      {
        id: 'gate-preflight-method',
        defense: 'only a preflight reaches an API without a session',
        find: "isApi(path) && request.method === 'OPTIONS'",
        replace: 'isApi(path)',
      },
      {
        id: 'gate-action-page',
        defense: 'a Server Action of another site is refused in a text, not a page',
        file: 'lib/cognito/guard.ts',
        find: "const asText = kind === 'action';",
        replace: 'const asText = false;',
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
