import { site, unit } from '../mutant';

const PAGE = 'lib/cognito/plain-page.ts';
const ANSWERS = 'lib/cognito/answers.ts';
const HEADERS = 'lib/cognito/security-headers.ts';
const LOG = 'lib/cognito/log.ts';

const policy = ['cognito/security-headers', 'cognito/gate'];

/** What goes out: headers, pages of our own, the log. */
export const answers = [
  ...unit(HEADERS, policy, [
    {
      id: 'csp-sent',
      defence: 'a Content-Security-Policy goes out',
      find: "['Content-Security-Policy', contentSecurityPolicy(options)],",
      replace: '',
    },
    {
      id: 'csp-nonce',
      defence: 'only scripts with the nonce run',
      find: "'nonce-${nonce}' 'strict-dynamic'",
      replace: "'unsafe-inline'",
    },
    {
      id: 'csp-eval',
      defence: 'only `next dev` may evaluate',
      find: "development ? \" 'unsafe-eval'\" : ''",
      replace: "development ? '' : \" 'unsafe-eval'\"",
    },
    {
      id: 'csp-style',
      defence: 'only styles with the nonce apply',
      find: "`style-src 'self' 'nonce-${nonce}'`,",
      replace: "\"style-src 'self' 'unsafe-inline'\",",
    },
    {
      id: 'csp-object',
      defence: 'no plug-ins',
      find: '"object-src \'none\'",',
      replace: '',
    },
    {
      id: 'csp-base',
      defence: 'no markup moves the base of our addresses',
      find: '"base-uri \'none\'",',
      replace: '',
    },
    {
      id: 'csp-forms',
      defence: 'forms go nowhere but here and to the hosted UI',
      find: "`form-action ${[...ours].join(' ')}`,",
      replace: '',
    },
    {
      id: 'csp-frames',
      defence: 'no other page frames ours',
      find: '"frame-ancestors \'none\'",',
      replace: '',
    },
    {
      id: 'csp-upgrade',
      defence: 'on https nothing is loaded over http',
      find: "...(config?.secure ? ['upgrade-insecure-requests'] : []),",
      replace: '',
    },
    {
      id: 'header-nosniff',
      defence: 'no answer is taken for another type than it says',
      find: "['X-Content-Type-Options', 'nosniff'],",
      replace: '',
    },
    {
      id: 'header-referrer',
      defence: 'other sites do not learn the path that somebody came from',
      find: "'strict-origin-when-cross-origin'",
      replace: "'unsafe-url'",
    },
    {
      id: 'header-frame',
      defence: 'old browsers frame no page either',
      find: "['X-Frame-Options', 'DENY'],",
      replace: '',
    },
    {
      id: 'header-opener',
      defence: 'a page that opened ours has no hand on it',
      find: "['Cross-Origin-Opener-Policy', 'same-origin'],",
      replace: '',
    },
    {
      id: 'header-resource',
      defence: 'no other site embeds our answers',
      find: "['Cross-Origin-Resource-Policy', 'same-origin'],",
      replace: '',
    },
    {
      id: 'header-hsts',
      defence: 'a browser that was here once comes by https',
      find: 'if (options.config?.secure) {',
      replace: 'if (options.development) {',
    },
  ]),
  ...site(
    'next.config.js',
    ['flow/headers', 'flow/access'],
    [
      {
        id: 'next-headers',
        defence: 'what Next answers by itself has headers, too',
        find: "[{ source: '/:path*', headers }]",
        replace: '[]',
      },
      {
        id: 'next-powered-by',
        defence: 'no answer names the framework',
        find: 'poweredByHeader: false',
        replace: 'poweredByHeader: true',
      },
      {
        id: 'next-slash',
        defence: 'no redirect of a last slash goes out before the middleware',
        find: 'skipTrailingSlashRedirect: true',
        replace: 'skipTrailingSlashRedirect: false',
        tests: ['flow/headers', 'flow/sign-in'],
      },
      {
        id: 'next-interrupts',
        defence: 'a page can refuse with a real 401 or 403',
        find: 'authInterrupts: true',
        replace: 'authInterrupts: false',
        tests: ['flow/access', 'without-middleware'],
      },
    ],
  ),
  ...unit(
    PAGE,
    ['cognito/answers', 'cognito/refusals'],
    [
      {
        id: 'page-escaped',
        defence: 'nothing that comes in becomes markup',
        find: 'return text.replace(/[&<>"\']/g, (character) => `&#${character.charCodeAt(0)};`);',
        replace: 'return text;',
      },
      {
        id: 'page-quotes',
        defence: 'nothing that comes in leaves its attribute',
        find: '/[&<>"\']/g',
        replace: '/[&<>]/g',
      },
      {
        id: 'page-nonce',
        defence: 'a nonce out of a header is escaped',
        find: "escapeHtml(nonce ?? '')",
        replace: "(nonce ?? '')",
      },
      {
        id: 'page-no-store',
        defence: 'no cache keeps a page of ours',
        find: "'Cache-Control': 'private, no-store',",
        replace: '',
      },
    ],
  ),
  ...unit(
    ANSWERS,
    ['cognito/answers', 'cognito/refusals'],
    [
      {
        id: 'answer-json-no-store',
        defence: 'no cache keeps an answer in JSON',
        find: "headers: { 'Cache-Control': 'private, no-store', ...headers },",
        replace: 'headers,',
      },
      {
        id: 'answer-redirect-no-store',
        defence: 'no cache keeps a redirect to the hosted UI',
        find: "headers: { Location: location, 'Cache-Control': 'private, no-store' },",
        replace: 'headers: { Location: location },',
      },
      {
        id: 'answer-reload-no-store',
        defence: 'no cache keeps the answer that loads the document',
        find: "headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'private, no-store' },",
        replace: "headers: { 'Content-Type': 'text/plain' },",
      },
      {
        id: 'answer-challenge',
        defence: 'a 401 says how to come back',
        find: "{ 'WWW-Authenticate': challenge });\n}\n\n/** 401 for a session",
        replace: '{});\n}\n\n/** 401 for a session',
      },
      {
        id: 'answer-set-up',
        defence: 'a visitor is told nothing about a wrong setting',
        find: 'if (isDevelopment) {',
        replace: 'if (!isDevelopment) {',
      },
      {
        id: 'answer-unknown-error',
        defence: 'an error of our own is an outage, and shows nothing of itself',
        find: "error instanceof CognitoError ? error.code : 'unavailable'",
        replace: "error instanceof CognitoError ? error.code : 'token_invalid'",
      },
      {
        id: 'answer-stale',
        defence: 'a used or foreign callback says what to do',
        find: 'attempt_unknown: STALE,',
        replace: '',
      },
    ],
  ),
  ...unit(
    LOG,
    ['cognito/answers'],
    [
      {
        id: 'log-unexpected',
        defence: 'the log has no message of an error that is not ours',
        find: "'unexpected error'",
        replace: 'String(error)',
      },
      {
        id: 'log-setting',
        defence: 'a callback that anybody can write blames no setting',
        find: "known && error.code === 'client_rejected'",
        replace: 'known',
      },
    ],
  ),
  ...unit(
    'lib/cognito/protocol/errors.ts',
    ['cognito/answers', 'cognito/callbacks'],
    [
      {
        id: 'errors-transient',
        defence: 'a refused code is not tried again',
        find: "['unavailable', 'keys_unavailable',",
        replace: "['invalid_grant', 'unavailable', 'keys_unavailable',",
      },
      {
        id: 'errors-final',
        defence: 'a wrong setting ends nobody’s session or attempt',
        find: "'client_rejected', 'clock_wrong'].includes",
        replace: "'clock_wrong'].includes",
      },
    ],
  ),
];
