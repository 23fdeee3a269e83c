import type { Fault } from '@/lib/local-pool/src/faults';
import type { LocalPool } from '@/lib/local-pool/src/pool';

const KINDS: readonly Fault[] = [
  { reset: true },
  { hang: true },
  { delayMs: 400 },
  { delayMs: 1200 },
  { status: 500 },
  { status: 502, body: '<html>Bad gateway</html>' },
  { status: 429, headers: { 'retry-after': '1' } },
  { status: 200, body: 'garbage' },
  { status: 200, body: '{"id_token":"eyJraWQiOi' },
];

/**
 * Breaks a random endpoint of the pool from time to time, in a random way for a random time, and fixes it again.
 *
 * @param pool the pool
 * @param isOver whether to stop; the pool works again by then
 */
export function keepFailing(
  pool: LocalPool,
  isOver: () => boolean,
): { ended: Promise<void>; count(): number } {
  let count = 0;
  const endpoints = [
    '/oauth2/token',
    '/oauth2/token',
    `/${pool.settings.userPoolId}/.well-known/jwks.json`,
  ];

  async function blow(): Promise<void> {
    while (!isOver()) {
      await pause(1000, 5000);
      const path = endpoints[Math.floor(Math.random() * endpoints.length)] ?? '/oauth2/token';
      pool.fault(path, KINDS[Math.floor(Math.random() * KINDS.length)] ?? null);
      count += 1;
      await pause(200, 3000);
      pool.fault(path, null);
    }
  }
  return { ended: blow(), count: () => count };
}

/** Waits for a random time between `least` and `most` milliseconds. */
export function pause(least: number, most: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, least + Math.random() * (most - least)));
}
