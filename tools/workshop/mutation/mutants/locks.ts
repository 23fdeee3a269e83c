import { site, unit } from '../mutant';

const USER = 'lib/cognito/current-user.ts';

/** Pages and routes that ask again although the middleware let somebody in. */
export const locks = [
  ...unit(
    USER,
    ['in-process/current-user'],
    [
      {
        id: 'page-user',
        defence: 'a private page asks for itself who is there',
        find: "if (status.state === 'signed-out') unauthorized();",
        replace:
          "if (status.state === 'signed-out') return Object.assign(Object.create(null), { user: { username: 'x', groups: [], claims: {} } });",
      },
      {
        id: 'page-group',
        defence: 'the page of a group asks for itself',
        find: 'if (!user.groups.includes(group)) forbidden();',
        replace: '',
      },
      {
        id: 'page-recent',
        defence: 'a page for who has just signed in asks for itself',
        find: 'if (status.signInAge <= maxAge)',
        replace: 'if (status.signInAge >= 0)',
      },
      {
        id: 'page-expired',
        defence: 'a page takes tokens that are over for five seconds at most',
        find: 'const TOLERANCE_SECONDS = 5;',
        replace: 'const TOLERANCE_SECONDS = 500_000_000;',
      },
      {
        id: 'page-exact',
        defence: 'a public page, whose tokens nobody has refreshed, takes none that are over',
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
        defence: 'a route refuses a bad bearer token by itself',
        find: "if (bearer.state === 'invalid')",
        replace: 'if (false)',
      },
      {
        id: 'route-forged',
        defence: 'in a route a session changes something only from a page of this site',
        find: 'if (isForged(request, site.config.origin)) return no(responses.forbiddenJson(), FOREIGN);',
        replace: '',
      },
    ],
  ),
  ...site(
    'app/api/me/route.ts',
    ['site/without-middleware'],
    [
      {
        id: 'route-caller',
        defence: 'a route asks for itself who calls',
        find: 'if (!caller.ok) return caller.response;',
        replace: 'if (!caller.ok) return Response.json({});',
      },
    ],
  ),
];
