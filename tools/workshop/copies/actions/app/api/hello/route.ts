import { withUser } from '@/lib/cognito';

export const GET = withUser((user) => Response.json({ hello: user.username }));
