import type { MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { respond } from './hosted-ui/layout';
import type { PoolContext, PoolEnv } from './http';
import { isIssuerPath } from './issuer-path';
import type { Outage, PoolState } from './state';

/** Cognito is out for some time: a fault of all its endpoints at once, which ends by itself. */
export interface OutagePlan {
  /** By the pool's clock, from now. */
  seconds: number;
  /** Whether clients get no answer at all; default: a 503. */
  silent?: boolean;
}

/**
 * The outage that is on.
 *
 * @param pool the pool
 * @returns null once its time is over
 */
export function currentOutage(pool: PoolState): Outage | null {
  return pool.outage && pool.now() < pool.outage.until ? pool.outage : null;
}

/**
 * Begins an outage in place of the present one, or ends that.
 *
 * @param pool the pool
 * @param plan null ends it
 */
export function setOutage(pool: PoolState, plan: OutagePlan | null): void {
  const began = pool.now();
  const silent = plan?.silent ?? false;
  pool.outage = plan && { began, until: began + plan.seconds, silent };
}

/** Where a browser goes itself. It gets a page in either case: nobody should have to wait for none. */
const PAGES = ['/oauth2/authorize', '/authorize', '/oauth2/idpresponse'];

/**
 * Keeps requests from the endpoints while an outage is on. The pages where people sign in, and the
 * pool's own, are served: nobody could end it otherwise.
 *
 * @param pool the pool
 */
export function duringOutage(pool: PoolState): MiddlewareHandler<PoolEnv> {
  return async (c, next) => {
    const outage = currentOutage(pool);
    const { path } = c.req;
    const isPage = PAGES.includes(path);
    if (!outage || !(isPage || path.startsWith('/oauth2/') || isIssuerPath(path))) {
      return await next();
    }
    if (isPage) return await outOfOrder(c, outage.until - pool.now());
    // Until the client has had enough: it is not told of the end, either.
    if (outage.silent) await new Promise(() => {});
    return c.body(null, 503);
  };
}

function outOfOrder(c: PoolContext, seconds: number) {
  const body = html`
    <h1>Out of order</h1>
    <p>The control panel has put this user pool out of order, for ${seconds} s more. Reload this
      page then, or end it there.</p>
    <p><a class="button" href="/local-control#outage">Open the control panel</a></p>`;
  return respond(c, { status: 503, title: 'Out of order', body });
}
