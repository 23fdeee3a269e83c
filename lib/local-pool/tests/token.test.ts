import { describe, expect, it } from 'vitest';
import {
  BOB,
  basic,
  CONFIDENTIAL,
  PUBLIC,
  redeem,
  refresh,
  signIn,
  signInForTokens,
  startPool,
  startPoolWith,
  tokensOf,
} from './support';

/** An OAuth error: HTTP 400 and a body with the error alone. */
async function expectError(response: Response, error: string): Promise<void> {
  expect(await response.json()).toEqual({ error });
  expect(response.status).toBe(400);
}

describe('a code', () => {
  it('works once, even in simultaneous exchanges', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool);
    const all = await Promise.all(Array.from({ length: 8 }, () => redeem(pool, code)));
    expect(all.filter((response) => response.status === 200)).toHaveLength(1);
  });

  it.each(['__proto__', 'constructor'])(
    'named like a property of every object is refused: %s',
    async (code) => {
      await expectError(await redeem(await startPool(), code), 'invalid_grant');
    },
  );
});

describe('client authentication', () => {
  it.each([
    ['an inherited property', { client_id: '__proto__' }, {}],
    ['two different clients', { client_id: PUBLIC.clientId }, basic(CONFIDENTIAL)],
    ['broken base64', {}, { authorization: 'Basic ***' }],
    ['Basic without a colon', {}, { authorization: 'Basic eHg=' }],
  ])('refuses %s with 400 invalid_client and no challenge', async (_, form, headers) => {
    const pool = await startPool();
    const { code } = await signIn(pool);
    const response = await redeem(pool, code, form, headers);
    expect(response.headers.has('www-authenticate')).toBe(false);
    await expectError(response, 'invalid_client');
  });
});

describe('a refresh', () => {
  it('with a token of a pool that has been restarted is invalid_grant', async () => {
    const { refresh_token } = await signInForTokens(await startPool());
    await expectError(await refresh(await startPool(), refresh_token), 'invalid_grant');
  });

  it('with an unsigned token is invalid_grant', async () => {
    await expectError(
      await refresh(await startPool(), 'eyJhbGciOiJub25lIn0.e30.'),
      'invalid_grant',
    );
  });

  it.each(['disable', 'remove', 'revokeAll', 'signOutGlobally'] as const)(
    'still works for other users after %s',
    async (end) => {
      const pool = await startPool();
      const bob = await signInForTokens(pool, {}, BOB);
      pool[end]('alice');
      expect((await refresh(pool, bob.refresh_token)).status).toBe(200);
    },
  );
});

describe('rotation', () => {
  it('without a grace period accepts one of several simultaneous refreshes', async () => {
    const pool = await startPoolWith({ rotation: { graceSeconds: 0 } });
    const { refresh_token } = await signInForTokens(pool);
    const all = await Promise.all(Array.from({ length: 6 }, () => refresh(pool, refresh_token)));
    expect(all.filter((response) => response.status === 200)).toHaveLength(1);
  });

  it('with a grace period accepts all of them', async () => {
    const pool = await startPoolWith({ rotation: { graceSeconds: 10 } });
    const { refresh_token } = await signInForTokens(pool);
    const all = await Promise.all(Array.from({ length: 6 }, () => refresh(pool, refresh_token)));
    expect(all.map((response) => response.status)).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it('with reuseRevokesFamily revokes the family when an old token is reused', async () => {
    const rotation = { graceSeconds: 0, reuseRevokesFamily: true };
    const pool = await startPoolWith({ rotation });
    const first = await signInForTokens(pool);
    const second = await tokensOf(await refresh(pool, first.refresh_token));
    await expectError(await refresh(pool, first.refresh_token), 'invalid_grant');
    await expectError(await refresh(pool, second.refresh_token), 'invalid_grant');
  });
});
