import { site, unit } from '../mutant';

const GATE = 'lib/cognito/requests/normalize-requests.ts';

/** Odd requests and large bodies, which are stopped before Next. */
export const requests = [
  ...unit(
    GATE,
    ['cognito/requests'],
    [
      {
        id: 'requests-length',
        defense: 'a body that is announced as too large is refused before it is sent',
        find: "if (isTooLarge(path, headers['content-length'])) return TOO_LARGE;",
        replace: '',
      },
      {
        id: 'requests-counted',
        defense: 'a body in chunks is counted, and refused over the limit',
        find: 'if (!body) return TOO_LARGE;',
        replace: 'if (!body) return EMPTY;',
      },
      {
        id: 'requests-parts',
        defense: 'a form of thousands of parts is refused before anything parses it',
        find: 'if (isMultipart(type) && hasTooManyParts(type, body, maxParts)) return TOO_MANY_PARTS;',
        replace: '',
      },
      {
        id: 'requests-undecodable',
        defense: 'a path that cannot be decoded is a 400',
        find: 'if (path === undefined) return UNDECODABLE;',
        replace: 'if (path === undefined) return EMPTY;',
      },
      {
        id: 'requests-router-state',
        defense: 'a malformed router state is removed',
        find: '  removeBadRouterState(request);\n',
        replace: '',
      },
      {
        id: 'requests-range',
        defense: 'a range beyond the end of a file is a 416',
        find: '      answerBadRange(request, response);\n',
        replace: '',
      },
    ],
  ),
  ...unit(
    'lib/cognito/requests/incoming.ts',
    ['cognito/requests'],
    [
      {
        id: 'requests-crumbs',
        defense: 'a body in chunks of one byte does not keep the CPU busy',
        find: 'if (length > most || crumbs) resolve(undefined);',
        replace: 'if (length > most) resolve(undefined);',
      },
      {
        id: 'requests-crumbs-dropped',
        defense: 'nor while the rest of it is dropped',
        find: 'if (!chunk || crumbs) resolve();',
        replace: 'if (!chunk) resolve();',
      },
    ],
  ),
  ...unit(
    'lib/cognito/requests/bad-headers.ts',
    ['cognito/requests'],
    [
      {
        id: 'router-state-depth',
        defense: 'no router state keeps a CPU busy',
        find: "if (segments.length > MAX_SEGMENTS + 1) throw new Error('Too many segments.');",
        replace: '',
      },
    ],
  ),
  ...unit(
    'lib/cognito/requests/body-limit.ts',
    ['cognito/requests', 'cognito/guard'],
    [
      {
        id: 'limit-path',
        defense: 'a limit counts for whole segments of a path',
        find: "at.slice(0, at.lastIndexOf('/'))",
        replace: 'at.slice(0, -1)',
      },
    ],
  ),
  ...unit(
    'lib/cognito/requests/read-form.ts',
    ['cognito/requests'],
    [
      {
        id: 'parts-boundary',
        defense: 'a form whose boundary parsers could read differently is refused',
        find: 'if (boundary === undefined) return true;',
        replace: 'if (boundary === undefined) return false;',
      },
    ],
  ),
  ...unit(
    'lib/cognito/requests/read-form.ts',
    ['cognito/requests'],
    [
      {
        id: 'form-type',
        defense: 'where no file is wanted, no multipart form is read',
        find: "if (type !== 'application/x-www-form-urlencoded') return new URLSearchParams();",
        replace:
          "if (type.startsWith('multipart/')) return Object(await readUpload(request)); if (!type) return new URLSearchParams();",
      },
      {
        id: 'form-length',
        defense: 'no more of a body is read than a form can contain',
        find: 'if (length > maxBytes) {',
        replace: 'if (length > maxBytes * 100) {',
      },
      {
        id: 'form-parts',
        defense: 'an upload of thousands of parts is not parsed',
        find: 'body && !hasTooManyParts(type, body, maxParts) ?',
        replace: 'body ?',
      },
    ],
  ),
  ...unit(
    'lib/cognito/requests/actions.ts',
    ['cognito/requests'],
    [
      {
        id: 'action-origin',
        defense: 'a Server Action from another origin is refused, with or without a session',
        find: 'if (foreign && (named || !routes.isHandler(page))) return FOREIGN_ACTION;',
        replace: '',
      },
      {
        id: 'action-host',
        defense:
          'Next compares the origin with the configured host, not with one that a client sent',
        find: "headers['x-forwarded-host'] = new URL(origin).host;",
        replace: '',
      },
    ],
  ),
  ...site(
    'lib/cognito/requests/actions.ts',
    ['workshop/site/abuse'],
    [
      {
        id: 'action-page',
        defense: 'a page without Server Actions does not read a multipart form',
        find: 'if (!named && routes.withoutActions.has(page)) return NO_FORM;',
        replace: '',
      },
    ],
  ),
  ...unit(
    'lib/cognito/requests/clean-output.ts',
    ['cognito/requests'],
    [
      {
        id: 'log-control',
        defense: 'no control character of a request reaches the log',
        find: '[\\p{Cc}\\u2028',
        replace: '[\\u2028',
      },
      {
        id: 'log-colors',
        defense: 'an escape character passes only in front of a color',
        find: '&& COLOR.test(text.slice(at + 1, at + 6))',
        replace: '',
      },
    ],
  ),
  ...unit(
    'lib/cognito/requests/normalize-requests.ts',
    ['cognito/requests'],
    [
      {
        id: 'requests-rsc',
        defense: 'an address that ends with .rsc is the same page for the middleware and for Next',
        find: ".replace(/\\.rsc$/i, '%2Ersc')",
        replace: '',
      },
      {
        id: 'requests-prefetch',
        defense: 'Next answers no prefetch of its older router for a route handler',
        find: "  delete headers['x-middleware-prefetch'];\n",
        replace: '',
        file: 'lib/cognito/requests/bad-headers.ts',
      },
    ],
  ),
  ...site(
    'lib/cognito/requests/normalize-requests.ts',
    ['workshop/site/abuse'],
    [
      {
        id: 'requests-arguments',
        defense: 'a Server Action called without a list of arguments is a 400',
        find: 'form === undefined || lacksArguments(request, form) ?',
        replace: 'form === undefined ?',
      },
    ],
  ),
  ...site(
    'instrumentation.ts',
    ['workshop/site/abuse'],
    [
      {
        id: 'log-everything',
        defense: 'the log is cleaned of what Next writes, too',
        find: '  cleanOutput();\n',
        replace: '',
      },
    ],
  ),
  ...unit(
    'lib/cognito/guard.ts',
    ['cognito/guard'],
    [
      {
        id: 'guard-length',
        defense: 'the middleware, too, refuses a body that is announced as too large',
        find: "if (isTooLarge(path, request.headers.get('content-length'))) return responses.tooLarge();",
        replace: '',
      },
      {
        id: 'guard-padding',
        defense: 'the length of a page says nothing about what is in it (BREACH)',
        find: 'return byte >> 1;',
        replace: 'return byte >> 8;',
        file: 'lib/cognito/responses/security-headers.ts',
      },
    ],
  ),
];
