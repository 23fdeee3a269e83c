import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Controls } from '../controls';
import { respond } from '../hosted-ui/layout';
import { onDomain, type PoolEnv, readForm } from '../http';
import { limitBody } from '../limit-body';
import type { PoolState } from '../state';
import { act } from './actions';
import { showPanel } from './panel';
import { isSameOrigin } from './same-origin';

const PATH = '/local-control';

/** In bytes. The panel's forms have about fifty. */
const LARGEST_FORM = 4096;

/**
 * The routes of `/local-control`, a page that only the local pool has. A GET changes nothing, and a
 * POST must come from the page's own buttons.
 *
 * @param pool the pool
 * @param controls the controls of the same pool
 */
export function controlPanelRoutes(pool: PoolState, controls: Controls): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  /** Kept here and not in the URL, where a link could make the page say anything. */
  let last: { id: string; text: string } | undefined;

  routes.get(PATH, (c) => {
    const done = last && c.req.query('done') === last.id ? last.text : undefined;
    return showPanel(pool, c, done);
  });
  routes.post(PATH, limitBody(LARGEST_FORM), async (c) => {
    const address = onDomain(pool, PATH);
    if (!isSameOrigin(c.req.raw.headers, pool.settings.domain)) {
      const body = html`
        <h1>This form came from another site</h1>
        <p>Nothing was changed. The control panel only accepts forms from its own page.</p>
        <p><a class="button" href="${address}">Open the control panel</a></p>`;
      return respond(c, { status: 403, title: 'Control panel', body });
    }
    const text = await act(pool, controls, await readForm(c.req.raw));
    if (text === null) {
      const body = html`
        <h1>Unknown action</h1>
        <p>Nothing was changed. The user may have been removed since you opened the page.</p>
        <p><a class="button" href="${address}">Open the control panel</a></p>`;
      return respond(c, { status: 400, title: 'Control panel', body });
    }
    last = { id: randomUUID(), text };
    // The fragment moves the focus to the line that says what was done.
    return c.redirect(`${onDomain(pool, PATH, { done: last.id })}#done`, 303);
  });
  return routes;
}
