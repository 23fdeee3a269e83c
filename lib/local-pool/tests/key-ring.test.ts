import { describe, expect, it } from 'vitest';
import { createPoolKeys, type PoolKeys } from '../src/keys';
import { serveLocalPool } from '../src/serve';
import { authorizeParams, get, post, refresh, signInForTokens, startPool } from './support';

const made: PoolKeys = await createPoolKeys();
const JWKS = '/us-east-1_LocalPool/.well-known/jwks.json';

/** A key source that counts its calls, and returns or fails when the test says so. */
function slowSource() {
  let give = (_: PoolKeys) => {};
  let fail = (_: Error) => {};
  const source = {
    asked: 0,
    keys: () => {
      source.asked += 1;
      return new Promise<PoolKeys>((resolve, reject) => {
        give = resolve;
        fail = reject;
      });
    },
    async give(call = 1) {
      await untilAsked(call);
      give(made);
    },
    async fail() {
      await untilAsked(1);
      fail(new Error('no entropy'));
    },
  };
  const untilAsked = async (times: number) => {
    while (source.asked < times) await new Promise((next) => setImmediate(next));
  };
  return source;
}

describe('keys on demand', () => {
  it('are not generated for pages, errors and discovery', async () => {
    const source = slowSource();
    const pool = await startPool({ keys: source.keys });
    await get(pool, `/oauth2/authorize?${authorizeParams()}`);
    await get(pool, '/error');
    await get(pool, '/us-east-1_LocalPool/.well-known/openid-configuration');
    await post(pool, '/oauth2/token', { grant_type: 'refresh_token' });
    expect(source.asked).toBe(0);
  });

  it('are requested by the sign-in page, which does not wait for them', async () => {
    const source = slowSource();
    const pool = await startPool({ keys: source.keys });
    expect((await get(pool, `/login?${authorizeParams()}`)).status).toBe(200);
    expect(source.asked).toBe(1);
  });

  it('are generated once for all waiting requests, and not again', async () => {
    const source = slowSource();
    const pool = await startPool({ keys: source.keys });
    const waiting = [get(pool, JWKS), get(pool, JWKS)];
    await source.give();
    for (const answer of await Promise.all([...waiting, get(pool, JWKS)])) {
      const body: unknown = await answer.json();
      expect(body).toEqual({ keys: [made.idToken.publicJwk, made.accessToken.publicJwk] });
    }
    expect(source.asked).toBe(1);
  });

  it('that cannot be generated are an error, and the next request tries again', async () => {
    const source = slowSource();
    const pool = await startPool({ keys: source.keys });
    const failing = get(pool, JWKS);
    await source.fail();
    expect((await failing).status).toBe(500);
    const working = get(pool, JWKS);
    await source.give(2);
    expect((await working).status).toBe(200);
  });

  it('that no request waits for may fail silently', async () => {
    const source = slowSource();
    const pool = await startPool({ keys: source.keys });
    await get(pool, `/login?${authorizeParams()}`);
    await source.fail();
    // The test runner fails the test for an unhandled rejection.
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('can be rotated before they are needed', async () => {
    const source = slowSource();
    const pool = await startPool({ keys: source.keys });
    await pool.rotateKeys();
    expect((await get(pool, JWKS)).status).toBe(200);
    expect(source.asked).toBe(0);
  });

  it('do not delay close(), and may arrive after it', async () => {
    const source = slowSource();
    const { origin, pool, close } = await serveLocalPool({ port: 0, keys: source.keys });
    const outcome = fetch(`${origin}${JWKS}`).catch((error: unknown) => error);
    while (pool.requests().length === 0) await new Promise((next) => setImmediate(next));
    await close();
    expect(await outcome).toBeInstanceOf(TypeError);
    await source.give();
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('a refresh token', () => {
  it('is refused when anything in it is changed', async () => {
    const pool = await startPool();
    const { refresh_token: token } = await signInForTokens(pool);
    const parts = token.split('.');
    const changed = parts.map((part, index) => {
      const other = `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}`;
      return parts.map((same, at) => (at === index ? other : same)).join('.');
    });
    const misshapen = [`${token}=`, `${token}.`, `${token}.x`, parts.slice(0, 4).join('.'), '....'];
    for (const wrong of [...changed, ...misshapen]) {
      const answer = await refresh(pool, wrong);
      expect(await answer.json()).toEqual({ error: 'invalid_grant' });
    }
    expect((await refresh(pool, token)).status).toBe(200);
  });

  it('of another pool is refused, even if both sign with the same keys', async () => {
    const { refresh_token: token } = await signInForTokens(await startPool({ keys: made }));
    const answer = await refresh(await startPool({ keys: made }), token);
    expect(await answer.json()).toEqual({ error: 'invalid_grant' });
  });
});
