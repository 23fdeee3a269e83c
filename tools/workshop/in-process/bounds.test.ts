/** Fills every cache of the site beyond its limit: the oldest entries are dropped, and no cache grows forever. */
import { expect, test, vi } from 'vitest';
import { verifyAccessToken } from '@/lib/cognito/protocol/verify';
import { createCallbacks } from '@/lib/cognito/session/callbacks';
import { createRefresher } from '@/lib/cognito/session/refresh';
import {
  accessClaims,
  failure,
  fakePool,
  mintSession,
  NOW,
  sign,
} from '../../../tests/cognito/support';

// These tests take many short steps.
vi.setConfig({ testTimeout: 60_000 });

const TOKEN = '/oauth2/token';
const JWKS = '/us-west-2_AbCdEfGhI/.well-known/jwks.json';

test('ten thousand tokens with unknown key IDs cause one fetch of the keys', async () => {
  const pool = await fakePool();
  const token = await sign(accessClaims());
  await verifyAccessToken(pool.client, token, NOW);
  expect(pool.calls(JWKS)).toBe(1);
  const rest = token.slice(token.indexOf('.'));
  for (let n = 0; n < 10_000; n++) {
    const header = btoa(JSON.stringify({ alg: 'RS256', kid: `unknown-${n}` })).replace(/=+$/, '');
    await failure(verifyAccessToken(pool.client, `${header}${rest}`, NOW));
  }
  expect(pool.calls(JWKS)).toBe(2);
  // A real token is still accepted.
  await verifyAccessToken(pool.client, token, NOW);
});

test('the last ten thousand finished attempts are remembered', async () => {
  const pool = await fakePool();
  const callbacks = createCallbacks(pool.client);
  const finish = (nonce: string) =>
    failure(
      callbacks.finish(
        { state: 's', nonce, codeVerifier: 'v', returnTo: '/', startedAt: NOW },
        { code: 'c', state: 's' },
      ),
    );
  for (let n = 0; n <= 10_000; n++) expect(await finish(`${n}`)).toBe('invalid_grant');
  expect(await finish('10000')).toBe('attempt_replayed');
  expect(await finish('1')).toBe('attempt_replayed');
  expect(await finish('0')).toBe('invalid_grant');
});

test('about two thousand refreshed or rejected sessions are remembered', async () => {
  const pool = await fakePool();
  const { refresh } = createRefresher(pool.client);
  const session = await mintSession();
  const people = Array.from({ length: 2100 }, (_, n) => sign({ ...accessClaims(), sub: `${n}` }));
  const tokens = await Promise.all(people);
  const of = (n: number) => refresh({ ...session, accessToken: tokens[n] ?? '' });
  for (let n = 0; n < 2100; n++) await of(n);
  expect(pool.calls(TOKEN)).toBe(2100);
  await of(2099);
  await of(200);
  expect(pool.calls(TOKEN)).toBe(2100);
  await of(0);
  expect(pool.calls(TOKEN)).toBe(2101);
});
