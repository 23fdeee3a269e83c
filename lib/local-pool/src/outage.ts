import type { MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { respond } from './hosted-ui/layout';
import type { PoolContext, PoolEnv } from './http';
import { isIssuerPath } from './issuer-path';
import type { Outage, PoolState } from './state';

/** A simulated outage: all endpoints fail for some time. */
export interface OutagePlan {
  /** How long it lasts from now, by the pool's clock. */
  seconds: number;
  /** Whether clients get no response at all; default: a 503. */
  silent?: boolean;
}

/**
 * The current outage.
 *
 * @param pool the pool
 * @returns null if there is none, or its time is up
 */
export function currentOutage(pool: PoolState): Outage | null {
  return pool.outage && pool.now() < pool.outage.until ? pool.outage : null;
}

/**
 * Starts an outage, which replaces the current one, or ends the current one.
 *
 * @param pool the pool
 * @param plan the new outage; null ends the current one
 */
export function setOutage(pool: PoolState, plan: OutagePlan | null): void {
  const began = pool.now();
  const silent = plan?.silent ?? false;
  pool.outage = plan && { began, until: began + plan.seconds, silent };
}

/** Browsers open these. They get a page even in a silent outage, so that no user has to wait. */
const PAGES = ['/oauth2/authorize', '/authorize', '/oauth2/idpresponse'];

/**
 * Fails requests to the endpoints during an outage. The sign-in pages, the outbox and the control
 * panel stay available: without them you couldn't end it.
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
    // Never responds, not even after the outage: the client must time out.
    if (outage.silent) await new Promise(() => {});
    return c.body(null, 503);
  };
}

function outOfOrder(c: PoolContext, seconds: number) {
  const body = html`
    <h1>Simulated outage</h1>
    <p>The control panel has started an outage of this user pool. It ends in ${seconds} seconds.
      Reload this page then, or end the outage in the control panel.</p>
    <p><a class="button" href="/local-control#outage">Open the control panel</a></p>`;
  return respond(c, { status: 503, title: 'Simulated outage', body });
}
