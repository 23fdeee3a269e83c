import { access } from './lib/access';
import { createGuard } from './lib/cognito/guard';

// `middleware.ts` runs on Edge, `proxy.ts` on Node; they differ in one word.
// See docs/decisions/0001.
export const middleware = createGuard(access);

// Never add `has` or `missing`: Next's matcher would check headers that a client can forge.
export const config = { matcher: '/((?!_next/static/).*)' };
