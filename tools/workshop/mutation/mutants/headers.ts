import { site, unit } from '../mutant';

const HEADERS = 'lib/cognito/responses/security-headers.ts';
const policy = ['cognito/security-headers', 'cognito/request-kind'];

/** The headers of every response. */
export const headers = [
  ...unit(HEADERS, policy, [
    {
      id: 'csp-sent',
      defense: 'a Content-Security-Policy is sent',
      find: "['Content-Security-Policy', contentSecurityPolicy(options)],",
      replace: '',
    },
    {
      id: 'csp-nonce',
      defense: 'only scripts with the nonce run',
      find: "'nonce-${nonce}' 'strict-dynamic'",
      replace: "'unsafe-inline'",
    },
    {
      id: 'csp-eval',
      defense: 'only `next dev` allows `eval`',
      find: "development ? \" 'unsafe-eval'\" : ''",
      replace: "development ? '' : \" 'unsafe-eval'\"",
    },
    {
      id: 'csp-style',
      defense: 'only styles with the nonce apply',
      find: "`style-src 'self'${scripts === undefined ? ` 'nonce-${nonce}'` : ''}`,",
      replace: "\"style-src 'self' 'unsafe-inline'\",",
    },
    {
      id: 'csp-object',
      defense: 'plug-ins are not allowed',
      find: '"object-src \'none\'",',
      replace: '',
    },
    {
      id: 'csp-base',
      defense: 'markup cannot change the base URL',
      find: '"base-uri \'none\'",',
      replace: '',
    },
    {
      id: 'csp-forms',
      defense: 'forms can be sent only to this site and to the hosted UI',
      find: "`form-action ${[...ours].join(' ')}`,",
      replace: '',
    },
    {
      id: 'csp-frames',
      defense: 'no other page can frame ours',
      find: '"frame-ancestors \'none\'",',
      replace: '',
    },
    {
      id: 'csp-upgrade',
      defense: 'on https, nothing is loaded over http',
      find: "...(config?.secure ? ['upgrade-insecure-requests'] : []),",
      replace: '',
    },
    {
      id: 'header-nosniff',
      defense: "browsers do not guess a response's type",
      find: "['X-Content-Type-Options', 'nosniff'],",
      replace: '',
    },
    {
      id: 'header-referrer',
      defense: 'other sites do not learn which path a visitor came from',
      find: "'strict-origin-when-cross-origin'",
      replace: "'unsafe-url'",
    },
    {
      id: 'header-frame',
      defense: 'old browsers do not frame a page, either',
      find: "['X-Frame-Options', 'DENY'],",
      replace: '',
    },
    {
      id: 'header-opener',
      defense: 'a window that opened one of our pages cannot control it',
      find: "['Cross-Origin-Opener-Policy', 'same-origin'],",
      replace: '',
    },
    {
      id: 'header-resource',
      defense: 'no other site can embed our responses',
      find: "['Cross-Origin-Resource-Policy', 'same-origin'],",
      replace: '',
    },
    {
      id: 'header-hsts',
      defense: 'a browser that has visited the site returns by https',
      find: 'if (options.config?.secure) {',
      replace: 'if (options.development) {',
    },
  ]),
  ...site(
    'next.config.js',
    ['site/every-answer'],
    [
      {
        id: 'next-headers',
        defense: 'responses that Next sends itself have headers, too',
        find: "[{ source: '/:path*', headers }]",
        replace: '[]',
      },
      {
        id: 'next-powered-by',
        defense: 'no response names the framework',
        find: 'poweredByHeader: false',
        replace: 'poweredByHeader: true',
      },
      {
        id: 'next-slash',
        defense: 'Next does not redirect a trailing slash before the middleware runs',
        find: 'skipTrailingSlashRedirect: true',
        replace: 'skipTrailingSlashRedirect: false',
        tests: ['site/every-answer'],
      },
      {
        id: 'next-interrupts',
        defense: 'a page can respond with a real 401 or 403',
        find: 'authInterrupts: true',
        replace: 'authInterrupts: false',
        tests: ['site/access', 'site/without-middleware'],
      },
    ],
  ),
];
