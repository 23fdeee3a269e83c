import type { Engine } from './engine';
import { findFirefox, findWebKit } from './installed.js';

/** An engine that is installed, and how to start it. */
export type Start = readonly [name: Engine['name'], start: () => Promise<Engine>];

/** The installed engines. The command prints which others are missing. */
export function installedEngines(): Start[] {
  const [firefox, webkit] = [findFirefox(), findWebKit()];
  const starts: Start[] = [];
  // Only what runs is imported: the packages may be missing where nothing can use them.
  if (firefox.path !== undefined) {
    starts.push(['Firefox', async () => (await import('./firefox')).startFirefox(firefox.path)]);
  }
  if (webkit.path !== undefined) {
    starts.push(['WebKit', async () => (await import('./webkit')).startWebKit(webkit.path)]);
  }
  return starts;
}
