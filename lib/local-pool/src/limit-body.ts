import type { MiddlewareHandler } from 'hono';
import type { PoolEnv } from './http';

/**
 * Refuses a body that is too large with 413. Hono's own `bodyLimit` builds a new Request for a body
 * in chunks, which fails here: the pool's server keeps the global Request as it is.
 *
 * @param maxSize in bytes
 */
export function limitBody(maxSize: number): MiddlewareHandler<PoolEnv> {
  return async (c, next) => {
    const length = c.req.header('content-length');
    const size = length === undefined ? await count(c.req.raw.clone(), maxSize) : Number(length);
    return size > maxSize ? c.body(null, 413) : await next();
  };
}

/** The size of a body in bytes; if it is too large, of the part that was read. */
async function count({ body }: Request, maxSize: number): Promise<number> {
  let size = 0;
  const reader = body?.getReader();
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    size += next.value.length;
    if (size > maxSize) break;
  }
  return size;
}
