import NextAuth from 'next-auth';
import Cognito from 'next-auth/providers/cognito';

/** As in its guides: a session in a cookie, with the provider's tokens, and an access check in the middleware. */
export const { handlers, auth } = NextAuth({
  providers: [Cognito],
  trustHost: true,
  session: { strategy: 'jwt' },
  callbacks: {
    authorized: ({ auth: session, request }) =>
      request.nextUrl.pathname !== '/me' || session !== null,
    jwt({ token, account }) {
      if (!account) return token;
      const { id_token, access_token, refresh_token, expires_at } = account;
      return { ...token, id_token, access_token, refresh_token, expires_at };
    },
  },
});
