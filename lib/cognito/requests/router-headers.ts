import type { IncomingMessage } from 'node:http';
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state';

/**
 * Removes a malformed router state, for which Next would respond with a 500. Without one, Next
 * renders the whole page. The check is Next's own, so that it accepts exactly what Next accepts: an
 * upgrade that moves it fails the build.
 *
 * @param request before Next sees it
 */
export function removeBadRouterState({ headers }: IncomingMessage): void {
  try {
    parseAndValidateFlightRouterState(headers['next-router-state-tree']);
  } catch {
    delete headers['next-router-state-tree'];
  }
}
