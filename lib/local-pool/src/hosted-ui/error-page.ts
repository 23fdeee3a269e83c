import { html } from 'hono/html';
import type { PoolContext } from '../http';
import { respond } from './layout';

/**
 * Cognito's error page. It says little and has no link back to the app.
 *
 * @param c the request
 * @param status the HTTP status
 * @param reason e.g. `redirect_mismatch`; shown escaped
 */
export function errorPage(c: PoolContext, status: 400 | 401 | 403 | 404, reason: string) {
  const body = html`
    <h1>An error was encountered with the requested page.</h1>
    ${reason === '' ? '' : html`<p class="problem">${reason}</p>`}`;
  return respond(c, { status, title: 'Error', body });
}
