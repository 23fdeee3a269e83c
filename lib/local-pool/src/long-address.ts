import type { MiddlewareHandler } from 'hono';
import type { PoolEnv } from './http';

/** Cognito's own limit isn't documented: it accepts 2,000 characters and rejects 9,000. */
const LONGEST_ADDRESS = 8192;

/**
 * Rejects a URL that is too long with 413, as Cognito does. Usually the cause is a `state` that
 * contains a whole form (facts, section 3).
 *
 * @param c the request
 * @param next the next handler
 */
export const refuseLongAddress: MiddlewareHandler<PoolEnv> = async (c, next) => {
  if (c.req.url.length > LONGEST_ADDRESS) return c.body(null, 413);
  return await next();
};
