import { authkitMiddleware } from '@workos-inc/authkit-nextjs';

/** As its README has it, private by default. */
export default authkitMiddleware({
  // Its usual setting is fixed at the build, when the port is not known.
  redirectUri: process.env.SITE_REDIRECT_URI ?? '',
  middlewareAuth: { enabled: true, unauthenticatedPaths: ['/open'] },
});

export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'] };
