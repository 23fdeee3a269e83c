import { access } from './lib/access';
import { createGuard } from './lib/cognito/guard';

// So thin that `middleware.ts` on Edge and `proxy.ts` on Node differ in one word: docs/decisions/0001.
export const middleware = createGuard(access);

// No `has` or `missing` here, ever: Next's matcher sees headers that a client can forge.
export const config = { matcher: '/((?!_next/static/).*)' };
