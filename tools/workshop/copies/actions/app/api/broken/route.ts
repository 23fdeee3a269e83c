import { withUser } from '@/lib/cognito';

export const GET = withUser(() => {
  throw new Error('the text of an error');
});
