/** Sends every hostile path, unencoded, to the built site, because Next also reads paths before and after our code. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOSTILE_PATHS, withoutRandom } from '@/tests/support/hostile-paths';
import { type Answer, send } from '@/tests/support/http';
import { type RunningSite, startSite } from '@/tests/support/site';
import { DOCUMENT } from '@/tests/support/visitor';

let site: RunningSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());

/** All headers that can claim that this site has another host. */
const ELSEWHERE = {
  host: 'evil.example',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '444',
  'x-forwarded-prefix': '//evil.example',
  forwarded: 'host=evil.example;proto=https',
  'x-original-url': '//evil.example',
  'x-rewrite-url': 'https://evil.example/',
  referer: 'https://evil.example/profile',
};
/** The paths that fit into a request line. */
const TARGETS = HOSTILE_PATHS.filter((path) => /^\/[\x21-\x7e]{0,8000}$/.test(path)).map(
  (path) => [path.slice(0, 60), path] as const,
);

/** Checks that a response redirects only to this site or to the configured hosted UI. */
function expectOurs({ status, headers }: Answer): URL | undefined {
  const location = headers.get('location');
  const refresh = headers.get('refresh')?.replace(/^\d+;url=/, '') ?? location;
  expect(refresh).toBe(location);
  expect(status >= 300 && status < 400).toBe(location !== null);
  if (location === null) return undefined;
  // Also resolves it against another origin: a browser resolves a relative URL against the one that it requested.
  const readings = [site.origin, 'https://a.example'].map((base) => new URL(location, base));
  const { COGNITO_DOMAIN } = site.environment;
  expect([site.origin, COGNITO_DOMAIN]).toContain(readings[0]?.origin);
  expect([site.origin, COGNITO_DOMAIN, 'https://a.example']).toContain(readings[1]?.origin);
  if (readings[0]?.origin === COGNITO_DOMAIN) expect(withoutRandom(location)).not.toContain('evil');
  return readings[0];
}

describe('a redirect stays on this site or goes to the hosted UI, whatever the path:', () => {
  test.each(TARGETS)('%s', async (_, path) => {
    const { origin } = site;
    for (const headers of [DOCUMENT, { ...DOCUMENT, ...ELSEWHERE }]) {
      expectOurs(await send(origin, { path, headers }));
      expectOurs(await send(origin, { path, headers, method: 'HEAD' }));
      expectOurs(await send(origin, { path, headers: { ...headers, origin }, method: 'POST' }));
    }
  });
});
