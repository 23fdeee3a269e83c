import { withUser } from '@/lib/cognito';

export const GET = withUser(() => Response.json('recent'), { maxAge: 300 });
