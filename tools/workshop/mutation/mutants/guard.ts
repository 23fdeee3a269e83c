import { site, unit } from '../mutant';

const GUARD = 'lib/cognito/guard.ts';

/** The middleware: every request passes it. */
export const guard = [
  ...site(
    'middleware.ts',
    ['site/default-deny'],
    [
      {
        id: 'matcher-page',
        defence: 'every page passes the middleware',
        find: "'/((?!_next/static/).*)'",
        replace: "'/((?!_next/static/|profile).*)'",
      },
      {
        id: 'matcher-api',
        defence: 'every API route passes the middleware',
        find: "'/((?!_next/static/).*)'",
        replace: "'/((?!_next/static/|api/).*)'",
      },
      {
        id: 'matcher-prefetch',
        defence: 'no header of a client lets a request pass by the middleware',
        find: "{ matcher: '/((?!_next/static/).*)' }",
        replace:
          "{ matcher: [{ source: '/((?!_next/static/).*)', missing: [{ type: 'header', key: 'purpose', value: 'prefetch' }] }] }",
      },
    ],
  ),
  ...site(
    GUARD,
    ['site/access'],
    [
      {
        id: 'guard-forgets',
        defence: 'signing out leaves nothing of the session in what the middleware remembers',
        file: 'lib/cognito/admit.ts',
        find: "if (path.startsWith('/logout') && request.method === 'POST') site.sessions.forget(jar);",
        replace: '',
        tests: ['site/work'],
      },
      {
        id: 'guard-default-deny',
        defence: 'who is signed out does not get past the middleware',
        file: 'lib/cognito/admit.ts',
        find: "if (status.state === 'signed-out' || again) return refuse(context, 'signed-out', {});",
        replace: "if (status.state === 'signed-out' || again) return passThrough(context);",
      },
      {
        id: 'guard-ended',
        defence: 'whose session is over does not get past the middleware',
        file: 'lib/cognito/admit.ts',
        find: "return refuse(context, 'ended', status);",
        replace: 'return passThrough(context);',
        tests: ['site/refresh', 'site/races'],
      },
      {
        id: 'guard-group',
        defence: 'who is not in the group does not get past the middleware',
        file: 'lib/cognito/admit.ts',
        find: 'if (group !== undefined && !status.user.groups.includes(group))',
        replace: "if (group === '')",
        tests: ['site/access', 'browser/sign-in'],
      },
      {
        id: 'guard-max-age',
        defence: 'who signed in too long ago does not get past the middleware',
        file: 'lib/cognito/admit.ts',
        find: 'status.signInAge > maxAge',
        replace: 'maxAge < 0',
        tests: ['site/lifetimes'],
      },
      {
        id: 'guard-bearer',
        defence: 'a bad bearer token is refused even beside a good session',
        file: 'lib/cognito/admit.ts',
        find: "return logDenied(responses.unauthorized('invalid_token'), BAD_BEARER, page.reference);",
        replace: 'return undefined;',
        explained:
          '`authenticate` in the route reads the same header again and gives the same answer',
      },
      {
        id: 'guard-methods',
        defence: 'a method that nothing answers is refused',
        find: 'if (!METHODS.includes(request.method)) return notAllowed(METHODS);',
        replace: '',
        tests: ['site/default-deny'],
      },
      {
        id: 'guard-cookies',
        defence: 'thousands of cookies are refused before they cost anything',
        find: 'request.cookies.size > MAX_COOKIES',
        replace: 'false',
        tests: ['site/abuse'],
      },
      {
        id: 'guard-error-page',
        defence: "nobody asks for Next's page of a failure",
        file: 'lib/cognito/admit.ts',
        find: "if (path === '/_global-error') return rewriteTo(context, '/_not-found', 404);",
        replace: '',
        tests: ['site/every-answer'],
      },
      {
        id: 'guard-file-method',
        defence: 'a file is for reading',
        find: "const reading = method === 'GET' || method === 'HEAD';",
        replace: 'const reading = true;',
      },
      {
        id: 'guard-speculative',
        defence: 'a callback that is loaded ahead of time uses nothing up',
        file: 'lib/cognito/admit.ts',
        find: 'return isSpeculative(request.headers) ? responses.unauthorized() : passThrough(context);',
        replace: 'return passThrough(context);',
        tests: ['site/sign-in'],
      },
      {
        id: 'guard-router',
        defence: "Next's router loads signing in and out as documents",
        file: 'lib/cognito/admit.ts',
        find: "if (kind === 'router') return responses.reloadDocument();",
        replace: '',
        tests: ['site/sign-in', 'site/access'],
      },
      {
        id: 'guard-forget',
        defence: 'the page does not see a session that is over',
        file: 'lib/cognito/admit.ts',
        find: '  hideSession(context);\n',
        replace: '',
        tests: ['site/refresh', 'site/access', 'site/races'],
      },
      {
        id: 'guard-wipes',
        defence: 'a refusal wipes no session cookie: another answer may just have set it',
        file: 'lib/cognito/admit.ts',
        find: '  hideSession(context);\n',
        replace:
          "  for (const { name } of request.cookies.getAll()) if (site.sessions.owns(name)) context.jar.write(name, '', { maxAge: 0 });\n",
        tests: ['site/races'],
      },
      {
        id: 'guard-again-foreign',
        defence: 'an address that asks once more, made up by somebody else, refreshes nothing',
        file: 'lib/cognito/admit.ts',
        find: 'if (again && !(await isSameSession(session, again.name))) return cleanAddress();',
        replace: '',
        tests: ['site/races'],
      },
      {
        id: 'guard-again-loop',
        defence: 'a session that is refused twice is over, and no loop',
        file: 'lib/cognito/admit.ts',
        find: "if (status.state === 'signed-out' || again)",
        replace: "if (status.state === 'signed-out')",
        tests: ['site/refresh'],
      },
      {
        id: 'guard-no-store',
        defence: 'no shared cache keeps an answer',
        find: "response.headers.set('Cache-Control', 'private, no-store');",
        replace: '',
        tests: ['site/every-answer'],
      },
      {
        id: 'guard-headers',
        defence: 'every answer has the security headers',
        find: 'const response = withHeaders(withCookies(answer, jar), headers);',
        replace: 'const response = withCookies(answer, jar);',
        tests: ['site/every-answer'],
      },
      {
        id: 'guard-nonce',
        defence: 'the nonce of the policy is made anew for each answer',
        find: 'nonce: randomToken(16)',
        replace: "nonce: 'the-same-nonce-for-everybody'",
        tests: ['site/every-answer'],
      },
    ],
  ),
  ...site(
    'lib/cognito/request-context.ts',
    ['site/headers'],
    [
      {
        id: 'guard-forged-nonce',
        defence: 'the nonce is ours, whatever the request says',
        find: "forwarded.set('x-nonce', page.nonce);",
        replace: "if (!forwarded.has('x-nonce')) forwarded.set('x-nonce', page.nonce);",
      },
      {
        id: 'guard-forged-reference',
        defence: 'the reference is ours, whatever the request says',
        find: "forwarded.set('x-reference', page.reference ?? '');",
        replace:
          "if (!forwarded.has('x-reference')) forwarded.set('x-reference', page.reference ?? '');",
        tests: ['site/references'],
      },
    ],
  ),
  ...site(
    'lib/cognito/normalize-requests.ts',
    ['site/default-deny'],
    [
      {
        id: 'mend-trace',
        defence: 'TRACE comes to the middleware',
        find: "if (request.method === 'TRACE') request.method = 'UNSUPPORTED';",
        replace: '',
      },
      {
        id: 'mend-target',
        defence: 'the host in an absolute request target counts for nothing',
        find: "?.replace(/^https?:\\/\\/[^/?#]*/i, '')",
        replace: '',
        tests: ['site/locations', 'site/default-deny'],
      },
      {
        id: 'mend-slashes',
        defence: 'slashes in a row are one before Next sees them',
        find: ".replace(/[\\\\/]+/g, '/')",
        replace: ".replace(/^\\/\\//, '/')",
        tests: ['site/every-answer'],
      },
      {
        id: 'mend-upgrade',
        defence: 'an upgrade that is refused does not keep its connection',
        find: 'socket.bytesWritten === before && socket.destroy()',
        replace: 'socket.bytesWritten === before',
      },
    ],
  ),
  ...unit(
    'lib/cognito/behind-guard.ts',
    ['cognito/behind-guard'],
    [
      {
        id: 'behind-refused',
        defence: 'another middleware is not asked about what the guard refuses',
        find: 'if (!lets || isOwnRoute',
        replace: 'if (isOwnRoute',
      },
      {
        id: 'behind-own-routes',
        defence: 'another middleware is not asked about the routes of the sign-in',
        find: ' || isOwnRoute(access, request.nextUrl.pathname)',
        replace: '',
      },
      {
        id: 'behind-headers',
        defence: 'our headers win over those of another middleware',
        find: "name !== 'set-cookie') headers.set",
        replace: "name !== 'set-cookie' && !headers.has(name)) headers.set",
      },
      {
        id: 'behind-policy',
        defence: 'another middleware cannot change the nonce or the policy that the page gets',
        find: 'named.length === 0 || OURS.includes(name)',
        replace: 'named.length === 0',
      },
    ],
  ),
];
