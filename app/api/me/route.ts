import { withUser } from '@/lib/cognito';

/** The caller's verified claims: from the bearer token if there is one, else from the session. */
export const GET = withUser(({ claims }) => Response.json(claims));
