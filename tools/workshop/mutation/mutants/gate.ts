import { unit } from '../mutant';

const ACCESS = 'lib/cognito/access-rules.ts';
const GATE = 'lib/cognito/request-kind.ts';

/** Who may see what, and what goes out to those who may not. */
export const gate = [
  ...unit(
    ACCESS,
    ['cognito/gate', 'cognito/refusals'],
    [
      {
        id: 'access-exact',
        defence: 'a public path opens nothing below it',
        find: 'return PUBLIC_PAGES.has(path);',
        replace: 'return [...PUBLIC_PAGES].some((page) => path.startsWith(page));',
      },
      {
        id: 'access-case',
        defence: 'a public path is matched as it is written',
        find: 'return PUBLIC_PAGES.has(path);',
        replace: 'return PUBLIC_PAGES.has(path.toLowerCase());',
      },
      {
        id: 'access-default',
        defence: 'everything is private until it is listed',
        find: 'return PUBLIC_PAGES.has(path);',
        replace: "return PUBLIC_PAGES.has(path) || !path.startsWith('/admin');",
      },
      {
        id: 'access-file-exact',
        defence: 'a public file opens nothing near it',
        find: 'return PUBLIC_FILES.has(path);',
        replace: 'return [...PUBLIC_FILES].some((file) => path.startsWith(file));',
      },
      {
        id: 'access-api',
        defence: 'an API never answers with a redirect',
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
        id: 'access-group-known',
        defence: 'a 403 page names only groups that pages ask for',
        find: 'find((group) => group === name)',
        replace: 'map(() => name)[0]',
      },
      {
        id: 'access-recent',
        defence: 'the middleware knows which page asks for a fresh sign-in',
        find: "return RECENT_PAGES.get(path.replace(/(?<=.)\\/$/, ''));",
        replace: 'return undefined;',
      },
      {
        id: 'access-recent-slash',
        defence: 'the same page with a slash at its end asks, too',
        find: "return RECENT_PAGES.get(path.replace(/(?<=.)\\/$/, ''));",
        replace: 'return RECENT_PAGES.get(path);',
      },
    ],
  ),
  ...unit(
    GATE,
    ['cognito/gate', 'cognito/refusals'],
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
        find: "'signed-out': 'to-login',",
        replace: "'signed-out': 'start-sign-in',",
      },
      {
        id: 'gate-form',
        defence: 'the body of a form is not sent on to the hosted UI',
        find: "'signed-out': 'to-login-from-form',",
        replace: "'signed-out': 'start-sign-in',",
      },
      {
        id: 'gate-fetch',
        defence: 'a fetch gets a 401, not a redirect to another origin',
        find: "'signed-out': 'unauthorized',",
        replace: "'signed-out': 'start-sign-in',",
      },
      {
        id: 'gate-outage',
        defence: 'an outage tells an API caller to come back, not to sign in',
        find: "unavailable: 'unavailable-json',",
        replace: "unavailable: 'unauthorized',",
      },
      {
        id: 'gate-fetch-ended',
        defence: 'a fetch that lost a race is told to try again',
        find: "ended: 'unauthorized-yet',",
        replace: "ended: 'unauthorized',",
      },
      {
        id: 'gate-form-ended',
        defence: 'a form that lost a race is asked for once more, not signed out',
        find: "ended: 'again-from-form',",
        replace: "ended: 'to-login-from-form',",
      },
    ],
  ),
  ...unit(
    GATE,
    ['in-process/races'],
    [
      {
        id: 'gate-document-ended',
        defence: 'a document that lost a race is asked for once more, not signed out',
        find: "ended: 'again',",
        replace: "ended: 'start-sign-in',",
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
