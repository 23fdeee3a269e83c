// Kept on Edge, and so thin that renaming it to `proxy.ts` is the whole move: docs/decisions/0001.
export { guard as middleware } from './lib/cognito/guard';

// No `has` or `missing` here, ever: Next's matcher sees headers that a client can forge.
export const config = { matcher: '/((?!_next/static/).*)' };
