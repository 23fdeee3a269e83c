import { type App, EMPTY } from '../apps';
import { REFERENCE } from '../cells';
import { bytes, kilobytes, NONE } from './numbers';
import type { Results } from './results';
import { table } from './table';

/**
 * The sizes of cookies, middleware and scripts.
 *
 * @param results of a run
 * @param apps in the order of the rows
 */
export function bytesTable(results: Results, apps: readonly App[]): string {
  const empty = results.weights[EMPTY]?.middleware ?? 0;
  const bare = results.weights[REFERENCE.app]?.script ?? 0;
  return table(
    [
      '',
      '`Cookie` header, cookies',
      'largest cookie',
      '`Set-Cookie` of a signed-in view',
      'middleware compared with an empty one, gzip',
      'scripts compared with bare, gzip',
    ],
    apps.flatMap((app) => {
      const weights = results.weights[app.name];
      if (!weights) return [];
      const { cookie, cookies, largestCookie, setCookie, middleware, script } = weights;
      return [
        [
          app.title,
          `${bytes(cookie)}, ${cookies}`,
          `${bytes(largestCookie)}${largestCookie > 4096 ? ' (a browser drops it)' : ''}`,
          bytes(setCookie),
          middleware === 0 ? NONE : kilobytes(middleware - empty),
          kilobytes(script - bare),
        ],
      ];
    }),
  );
}
