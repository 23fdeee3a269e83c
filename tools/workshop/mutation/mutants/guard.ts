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
    ['in-process/access'],
    [
      {
        id: 'guard-forgets',
        defence: 'signing out leaves nothing of the session in what the middleware remembers',
        find: 'forgetCookie(site.sessions, site.client.config, visit.jar);',
        replace: 'void forgetCookie;',
        tests: ['workshop/site/work'],
      },
      {
        id: 'guard-default-deny',
        defence: 'who is signed out does not get past the middleware',
        find: "return refuse(visit, site, { why: 'signed-out' });",
        replace: 'return pass(visit);',
        level: 'unit',
      },
      {
        id: 'guard-ended',
        defence: 'whose session is over does not get past the middleware',
        find: "return refuse(visit, site, { why: 'ended', session: state.session });",
        replace: 'return pass(visit);',
        tests: ['in-process/refresh', 'in-process/races'],
        level: 'unit',
      },
      {
        id: 'guard-group',
        defence: 'who is not in the group does not get past the middleware',
        find: 'if (group !== undefined && !state.user.groups.includes(group))',
        replace: "if (group === '')",
        tests: ['in-process/access'],
        level: 'unit',
      },
      {
        id: 'guard-max-age',
        defence: 'who signed in too long ago does not get past the middleware',
        find: 'signInAge(state, site.client.now()) > maxAge',
        replace: 'maxAge < 0',
        tests: ['in-process/lifetimes'],
        level: 'unit',
      },
      {
        id: 'guard-bearer',
        defence: 'a bad bearer token is refused even beside a good session',
        find: "if (bearer.state === 'invalid') {",
        replace: 'if (false) {',
        explained:
          '`authenticate` in the route reads the same header again and gives the same answer',
        level: 'unit',
      },
      {
        id: 'guard-methods',
        defence: 'a method that nothing answers is refused',
        find: 'if (!METHODS.includes(visit.request.method)) return answers.notAllowed(METHODS);',
        replace: '',
        tests: ['site/default-deny'],
      },
      {
        id: 'guard-cookies',
        defence: 'thousands of cookies are refused before they cost anything',
        find: 'visit.request.cookies.size > MAX_COOKIES',
        replace: 'false',
        tests: ['in-process/abuse'],
        level: 'unit',
      },
      {
        id: 'guard-error-page',
        defence: "nobody asks for Next's page of a failure",
        find: "if (visit.path === '/_global-error') return rewritten(visit, '/_not-found', 404);",
        replace: '',
        tests: ['site/every-answer'],
      },
      {
        id: 'guard-file-method',
        defence: 'a file is for reading',
        find: "const reading = method === 'GET' || method === 'HEAD';",
        replace: 'const reading = true;',
        level: 'unit',
      },
      {
        id: 'guard-speculative',
        defence: 'a callback that is loaded ahead of time uses nothing up',
        find: 'return isSpeculative(request.headers) ? answers.unauthorized() : pass(visit);',
        replace: 'return pass(visit);',
        tests: ['in-process/sign-in'],
        level: 'unit',
      },
      {
        id: 'guard-router',
        defence: "Next's router loads signing in and out as documents",
        find: "if (visit.kind === 'router') return answers.reload();",
        replace: '',
        tests: ['in-process/sign-in', 'in-process/access'],
        level: 'unit',
      },
      {
        id: 'guard-forget',
        defence: 'the page does not see a session that is over',
        find: '  forgetForThisRequest(visit, site);\n',
        replace: '',
        tests: ['in-process/refresh', 'in-process/access', 'in-process/races'],
        level: 'unit',
      },
      {
        id: 'guard-wipes',
        defence: 'a refusal wipes no session cookie: another answer may just have set it',
        find: '  forgetForThisRequest(visit, site);\n',
        replace:
          "  for (const { name } of request.cookies.getAll()) if (isSessionCookie(site.client.config, name)) visit.jar.write(name, '', { maxAge: 0, secure: site.client.config.secure });\n",
        tests: ['in-process/races'],
        level: 'unit',
      },
      {
        id: 'guard-again-foreign',
        defence: 'an address that asks once more, made up by somebody else, refreshes nothing',
        find: 'if (again && !(await isSameSession(session, again.name))) return clean();',
        replace: '',
        tests: ['in-process/races'],
        level: 'unit',
      },
      {
        id: 'guard-again-loop',
        defence: 'a session that is refused twice is over, and no loop',
        find: "if (state.state === 'none' || again)",
        replace: "if (state.state === 'none')",
        tests: ['in-process/refresh'],
        level: 'unit',
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
        find: 'const response = withHeaders(withCookies(answer, visit.jar), headers);',
        replace: 'const response = withCookies(answer, visit.jar);',
        tests: ['site/every-answer'],
      },
      {
        id: 'guard-nonce',
        defence: 'the nonce of the policy is made anew for each answer',
        find: 'const nonce = randomToken(16);',
        replace: "const nonce = 'the-same-nonce-for-everybody';",
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
        find: "headers.set('x-nonce', visit.look.nonce);",
        replace: "if (!headers.has('x-nonce')) headers.set('x-nonce', visit.look.nonce);",
      },
      {
        id: 'guard-forged-reference',
        defence: 'the reference is ours, whatever the request says',
        find: "headers.set('x-reference', visit.look.reference ?? '');",
        replace:
          "if (!headers.has('x-reference')) headers.set('x-reference', visit.look.reference ?? '');",
        tests: ['in-process/references'],
        level: 'unit',
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
        tests: ['in-process/locations', 'site/default-deny'],
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
        find: 'if (socket.bytesWritten === before) socket.destroy();',
        replace: '',
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
        find: ' || isOwnRoute(request.nextUrl.pathname)',
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
