import { unit } from '../mutant';

const USER = 'lib/cognito/current-user.ts';

/** Pages and route handlers check again, even after the middleware. */
export const locks = [
  ...unit(
    USER,
    ['in-process/current-user'],
    [
      {
        id: 'page-user',
        defense: 'a private page checks the session itself',
        find: "if (status.state === 'signed-out') unauthorized();",
        replace:
          "if (status.state === 'signed-out') return Object.assign(Object.create(null), { user: { username: 'x', groups: [], claims: {} } });",
      },
      {
        id: 'page-group',
        defense: "a group's page checks the group itself",
        find: 'if (!user.groups.includes(group)) forbidden();',
        replace: '',
      },
      {
        id: 'page-recent',
        defense: 'a page that requires a recent sign-in checks it itself',
        find: 'if (status.signInAge <= maxAge)',
        replace: 'if (status.signInAge >= 0)',
      },
      {
        id: 'page-expired',
        defense: 'a page accepts tokens for at most five seconds after they expire',
        find: 'const TOLERANCE_SECONDS = 5;',
        replace: 'const TOLERANCE_SECONDS = 500_000_000;',
      },
      {
        id: 'page-exact',
        defense: 'a public page, for which no tokens are refreshed, accepts no expired tokens',
        find: 'verified(status.session, 0)',
        replace: 'verified(status.session, TOLERANCE_SECONDS)',
      },
    ],
  ),
  ...unit(
    USER,
    ['cognito/authenticate'],
    [
      {
        id: 'route-bearer',
        defense: 'a route handler refuses an invalid bearer token itself',
        find: "if (bearer.state === 'invalid')",
        replace: 'if (false)',
      },
      {
        id: 'route-forged',
        defense: 'a route handler lets a session change something only from a page of this site',
        find: 'if (isForged(request, site.config.origin)) return no(responses.forbiddenJson(), FOREIGN);',
        replace: '',
      },
      {
        id: 'route-bearer-needs',
        defense: "a route handler's requirements apply to bearer tokens",
        find: 'return check(bearer.claims, { ...bearer, access: bearer.claims });',
        replace: 'return { ok: true, claims: bearer.claims };',
      },
      {
        id: 'route-session-needs',
        defense: "a route handler's requirements apply to sessions",
        find: 'return check(claims.id, { groups: user.groups, signInAge, access: claims.access });',
        replace: 'return { ok: true, claims: claims.id };',
      },
      {
        id: 'route-scope-all',
        defense: 'of several required scopes, a token needs each',
        file: 'lib/cognito/responses/requirements.ts',
        find: 'wanted.some((each)',
        replace: 'wanted.every((each)',
      },
      {
        id: 'route-scope-whole',
        defense: 'a scope is compared as a whole word',
        file: 'lib/cognito/responses/requirements.ts',
        find: "access.scope.split(' ') : []",
        replace: "access.scope : ''",
      },
      {
        id: 'route-needs-age',
        defense: 'a sign-in of unknown age is too old',
        file: 'lib/cognito/responses/requirements.ts',
        find: '!(signInAge <= maxAge)',
        replace: 'signInAge > maxAge && Number.isFinite(signInAge)',
      },
    ],
  ),
  ...unit(
    'lib/cognito/handlers/signed-in.ts',
    ['in-process/with-user'],
    [
      {
        id: 'route-caller',
        defense: 'a route handler runs only for the callers that it accepts',
        find: 'if (!caller.ok) return caller.response;',
        replace: 'if (!caller.ok) return handler(Object.create(null), request, context);',
      },
      {
        id: 'route-with-needs',
        defense: "a route handler's requirements apply to its callers",
        find: 'authenticate(request, needs)',
        replace: 'authenticate(request)',
      },
      {
        id: 'route-uncached',
        defense: 'no cache keeps what a route handler returns to a user',
        find: "headers.set('Cache-Control', 'private, no-store');",
        replace: '',
      },
      {
        id: 'route-uncached-cdn',
        defense: 'no CDN keeps it either, by a header that only caches read',
        find: 'if (FOR_CACHES.test(name)) headers.delete(name);',
        replace: 'void name;',
      },
    ],
  ),
  ...unit(
    'lib/cognito/handlers/signed-in.ts',
    ['in-process/signed-in-action'],
    [
      {
        id: 'signed-in-action-origin',
        defense: 'a Server Action is refused to other sites',
        find: 'site.ok && !isSameOrigin(sent, site.config.origin)',
        replace: 'false',
      },
      {
        id: 'signed-in-action-group',
        defense: 'a Server Action checks the group',
        find: "if (missing === 'group') forbidden();",
        replace: '',
      },
      {
        id: 'signed-in-action-recent',
        defense: 'a Server Action checks the age of the sign-in',
        find: "if (missing === 'maxAge') {",
        replace: "if (missing === 'scope') {",
      },
    ],
  ),
];
