import { site, unit } from '../mutant';

const HEADERS = 'lib/cognito/responses/security-headers.ts';
const policy = ['cognito/security-headers', 'cognito/request-kind'];

/** The headers of every answer. */
export const headers = [
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
    ['site/every-answer'],
    [
      {
        id: 'next-headers',
        defence: 'what Next answers by itself has headers, too',
        find: "[{ source: '/:path*', headers }]",
        replace: '[]',
      },
      {
        id: 'next-body',
        defence: 'Next holds a megabyte of a body, and no more',
        find: "proxyClientMaxBodySize: '1mb'",
        replace: "proxyClientMaxBodySize: '50mb'",
        tests: ['workshop/site/abuse'],
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
        tests: ['site/every-answer'],
      },
      {
        id: 'next-interrupts',
        defence: 'a page can refuse with a real 401 or 403',
        find: 'authInterrupts: true',
        replace: 'authInterrupts: false',
        tests: ['site/access', 'site/without-middleware'],
      },
    ],
  ),
];
