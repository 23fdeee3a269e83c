import { site, unit } from '../mutant';

const HEADERS = 'lib/cognito/responses/security-headers.ts';
const policy = ['cognito/security-headers', 'cognito/request-kind'];

/** The headers of every response. */
export const headers = [
  ...unit(HEADERS, policy, [
    {
      id: 'csp-sent',
      defense: 'a Content-Security-Policy is sent',
      find: "['Content-Security-Policy', contentSecurityPolicy(given)],",
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
      find: '...dev("\'unsafe-eval\'")',
      replace: '"\'unsafe-eval\'"',
    },
    {
      id: 'csp-style',
      defense: 'only styles with the nonce apply',
      find: "scripts ? [] : [`'nonce-${nonce}'`]",
      replace: '["\'unsafe-inline\'"]',
    },
    {
      id: 'csp-attribute',
      defense: 'a `style` attribute, which the policy allows, opens no door to style elements',
      find: "style-src-attr 'unsafe-inline'",
      replace: "style-src-elem 'unsafe-inline'",
    },
    {
      id: 'csp-workers',
      defense: 'a worker runs only a script of this site',
      find: "own('worker-src'),",
      replace: "own('worker-src', 'blob:'),",
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
      find: "own('form-action', ...ours),",
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
      find: 'if (given.config?.secure) {',
      replace: 'if (given.development) {',
    },
  ]),
  ...unit(
    'next.config.js',
    ['cognito/external-origins'],
    [
      {
        id: 'origins-checked',
        defense: 'an origin of `lib/external-origins.js` changes no other part of the policy',
        find: 'if (!ORIGIN.test(origin)) {',
        replace: "if (origin === '') {",
      },
    ],
  ),
  ...site(
    'next.config.js',
    ['site/every-answer'],
    [
      {
        id: 'next-headers',
        defense: 'responses that Next sends itself have headers, too',
        find: "{ source: '/:path*', headers },",
        replace: '',
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
