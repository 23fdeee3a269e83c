import { authkitMiddleware } from '@workos-inc/authkit-nextjs';

/** As in its README, with pages private by default. */
export default authkitMiddleware({
  // The usual environment variable is inlined at build time, when the port isn't known yet.
  redirectUri: process.env.SITE_REDIRECT_URI ?? '',
  middlewareAuth: { enabled: true, unauthenticatedPaths: ['/open'] },
});

export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'] };
