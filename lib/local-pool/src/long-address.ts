import type { MiddlewareHandler } from 'hono';
import type { PoolEnv } from './http';

/** Cognito's own limit is not documented: 2,000 characters pass there, 9,000 do not. */
const LONGEST_ADDRESS = 8192;

/**
 * Refuses an address that is too long with 413, as Cognito does; a `state` that holds a whole form is
 * what makes one (facts, section 3).
 *
 * @param c the request
 * @param next whatever answers an address of a good length
 */
export const refuseLongAddress: MiddlewareHandler<PoolEnv> = async (c, next) => {
  if (c.req.url.length > LONGEST_ADDRESS) return c.body(null, 413);
  return await next();
};
