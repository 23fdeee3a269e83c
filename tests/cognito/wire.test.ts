import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createAppClient } from '@/lib/cognito/protocol/app-client';
import { signInUrl } from '@/lib/cognito/protocol/sign-in';
import {
  exchangeCode,
  refreshTokens,
  revokeToken,
  signOutEverywhere,
} from '@/lib/cognito/protocol/tokens';
import { verifyIdToken } from '@/lib/cognito/protocol/verify';
import {
  config,
  failure,
  fakePool,
  idClaims,
  mintTokens,
  NOW,
  publicKeys,
  sign,
  startAttempt,
  tokenAnswer,
} from './support';

/** A client that records the options of each `fetch`, not only its URL. */
async function watched() {
  const calls: { url: string; init: RequestInit }[] = [];
  const [jwks, tokens] = await Promise.all([publicKeys(), mintTokens()]);
  const client = createAppClient(config(), {
    now: () => NOW,
    fetch: async (url, init = {}) => {
      calls.push({ url, init });
      return url.endsWith('/jwks.json') ? Response.json(jwks) : tokenAnswer(tokens);
    },
  });
  return { client, calls };
}

describe('a request that contains a secret', () => {
  test('is a POST, follows no redirect, is not cached and does not wait forever', async () => {
    const { client, calls } = await watched();
    await refreshTokens(client, 'r');
    await revokeToken(client, 'r');
    await signOutEverywhere(client, 'a');
    expect(calls.map(({ url }) => url)).toEqual([
      'https://my-app.auth.us-west-2.amazoncognito.com/oauth2/token',
      'https://my-app.auth.us-west-2.amazoncognito.com/oauth2/revoke',
      'https://cognito-idp.us-west-2.amazonaws.com/',
    ]);
    for (const { init } of calls) {
      expect(init).toMatchObject({ method: 'POST', redirect: 'manual', cache: 'no-store' });
      expect(init.signal).toBeInstanceOf(AbortSignal);
    }
  });

  test('the keys are fetched without a cache, and with a time-out', async () => {
    const { client, calls } = await watched();
    await verifyIdToken(client, await sign(idClaims()), NOW);
    expect(calls[0]?.init.cache).toBe('no-store');
    expect(calls[0]?.init.signal).toBeInstanceOf(AbortSignal);
  });
});

test('the challenge in the URL matches the verifier that goes to the token endpoint', async () => {
  const { client, calls } = await watched();
  const attempt = await startAttempt();
  await exchangeCode(client, { code: 'c', codeVerifier: attempt.codeVerifier });
  const verifier = new URLSearchParams(String(calls[0]?.init.body)).get('code_verifier') ?? '';
  expect(verifier).toMatch(/^[\w-]{43}$/);
  const url = await signInUrl(config(), attempt);
  expect(new URL(url).searchParams.get('code_challenge')).toBe(
    createHash('sha256').update(verifier).digest('base64url'),
  );
});

test('a revocation or a global sign-out that failed is reported as failed', async () => {
  const pool = await fakePool();
  pool.answer = () => Response.json({ error: 'invalid_client' }, { status: 401 });
  expect(await failure(revokeToken(pool.client, 'r'))).toBe('client_rejected: invalid_client');
  pool.answer = () => new Response(null, { status: 500 });
  expect(await failure(revokeToken(pool.client, 'r'))).toBe('unavailable: HTTP 500');
  expect(await failure(signOutEverywhere(pool.client, 'a'))).toBe(
    'unavailable: GlobalSignOut HTTP 500',
  );
});
