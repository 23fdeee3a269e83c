import type { App } from '../apps';
import { KINDS } from '../cells';
import { summarize } from '../figures';
import { bytes, NONE, withSpread } from './numbers';
import { type Results, samplesOf } from './results';
import { table } from './table';

/**
 * A listed static page, and the same page rendered for each request: what they cost the server, and what lets a CDN keep
 * them.
 *
 * @param results of a run
 * @param apps of the run
 */
export function staticTable(results: Results, apps: readonly App[]): string {
  const app = apps.find(({ caches, paths }) => caches && paths.static !== undefined)?.name ?? '';
  return table(
    ['', 'processor time, ms', '`Cache-Control`', '`Set-Cookie`', 'headers', 'body'],
    (['listed', 'onRequest'] as const).map((kind) => {
      const samples = samplesOf(results, { app, kind });
      const page = results.pages[kind];
      const cost = samples.length > 0 ? withSpread(summarize(samples.map(({ cpu }) => cpu))) : NONE;
      if (!page) return [KINDS[kind], cost, NONE, NONE, NONE, NONE];
      const { cacheControl, setCookies, headers, body } = page;
      const policy = `\`${cacheControl}\``;
      return [KINDS[kind], cost, policy, String(setCookies), bytes(headers), bytes(body)];
    }),
  );
}
