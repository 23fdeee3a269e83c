import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import type { Controls } from '../controls';
import { respond } from '../hosted-ui/layout';
import { onDomain, type PoolEnv, readForm } from '../http';
import type { PoolState } from '../state';
import { act } from './actions';
import { showPanel } from './panel';
import { isSameOrigin } from './same-origin';

const PATH = '/local-control';

/** A form of the panel has some fifty bytes. */
const LARGEST_FORM = 4096;

/**
 * The local pool's own page: controls for a person who watches the site go through what they do.
 * Reading it changes nothing, and only its own buttons do.
 *
 * @param pool the pool
 * @param controls of the same pool
 */
export function controlPanelRoutes(pool: PoolState, controls: Controls): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  /** Not in the address, or a link could have the page say anything. */
  let last: { id: string; text: string } | undefined;

  routes.get(PATH, (c) => {
    const done = last && c.req.query('done') === last.id ? last.text : undefined;
    return showPanel(pool, c, done);
  });
  routes.post(PATH, bodyLimit({ maxSize: LARGEST_FORM }), async (c) => {
    const address = onDomain(pool, PATH);
    if (!isSameOrigin(c.req.raw.headers, pool.settings.domain)) {
      const body = html`
        <h1>This form came from somewhere else</h1>
        <p>Nothing was changed: the control panel obeys its own page alone.</p>
        <p><a class="button" href="${address}">Open the control panel</a></p>`;
      return respond(c, { status: 403, title: 'Control panel', body });
    }
    const text = await act(pool, controls, await readForm(c.req.raw));
    if (text === null) {
      const body = html`
        <h1>There is no such control</h1>
        <p>Nothing was changed. Somebody may be gone since the page was opened.</p>
        <p><a class="button" href="${address}">Open the control panel</a></p>`;
      return respond(c, { status: 400, title: 'Control panel', body });
    }
    last = { id: randomUUID(), text };
    // The fragment takes the focus to the line that says what was done.
    return c.redirect(`${onDomain(pool, PATH, { done: last.id })}#done`, 303);
  });
  return routes;
}
