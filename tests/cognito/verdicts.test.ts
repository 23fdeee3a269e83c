/** Tokens that were verified before: caching that must not weaken any check. */
import type { JSONWebKeySet } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type AppClient,
  createAppClient,
  emptyClientMemory,
} from '@/lib/cognito/protocol/app-client';
import { verifyTokens } from '@/lib/cognito/protocol/verify';
import { createRefresher } from '@/lib/cognito/session/refresh';
import { resolveSession, verifySession } from '@/lib/cognito/session/session-status';
import {
  accessClaims,
  config,
  failure,
  fakePool,
  ISSUER,
  idClaims,
  mintSession,
  mintTokens,
  NOW,
  publicKeys,
  sign,
  tokenAnswer,
} from './support';

const JWKS = '/us-west-2_AbCdEfGhI/.well-known/jwks.json';

afterEach(() => vi.restoreAllMocks());

/** Counts how many signatures are verified from now on. */
function signatures(): () => number {
  const verify = vi.spyOn(crypto.subtle, 'verify');
  return () => verify.mock.calls.length;
}

/** Tokens whose verification this client has cached, and a function to verify them again. */
async function remembered(change: Parameters<typeof mintTokens>[0] = {}) {
  const pool = await fakePool();
  const tokens = await mintTokens(change);
  const ask = (at = pool.now) => verifyTokens(pool.client, tokens, at);
  // The first call fetches the keys, the second result is cached.
  await ask();
  await ask();
  return { pool, tokens, ask };
}

/** Replaces the keys of the pool, and makes this process fetch them. */
async function replaceKeys(pool: Awaited<ReturnType<typeof fakePool>>, kids: string[]) {
  const jwks = await publicKeys(kids);
  pool.keys = () => Response.json(jwks);
  pool.now += 3601;
  pool.client.keys.current();
  await new Promise(setImmediate);
}

const LONG_LIVED = { id: { exp: NOW + 99_999 }, access: { exp: NOW + 99_999 } };

describe('tokens that were verified before', () => {
  test('are not verified again', async () => {
    const { ask } = await remembered();
    const looked = signatures();
    expect((await ask()).id['cognito:username']).toBe('alice');
    expect(looked()).toBe(0);
  });

  test.each<[string, Parameters<typeof mintTokens>[0], number, string]>([
    ['their last second has passed', {}, NOW + 3600, 'exp'],
    ['the access token expires before the ID token', { access: { exp: NOW + 9 } }, NOW + 9, 'exp'],
    ['the ID token expires before the access token', { id: { exp: NOW + 9 } }, NOW + 9, 'exp'],
    ['the clock goes back to before they are valid', { id: { nbf: NOW } }, NOW - 1, 'nbf'],
    ['the same, of the access token', { access: { nbf: NOW } }, NOW - 1, 'nbf'],
    ['the clock goes back by more than five minutes', {}, NOW - 301, 'iat'],
  ])('are still refused when %s', async (_, change, at, claim) => {
    const { ask } = await remembered(change);
    expect(await failure(ask(at))).toBe(`token_invalid: ${claim}`);
  });

  test('are valid in their last second, and when the clock goes back a little', async () => {
    const { ask } = await remembered();
    expect((await ask(NOW + 3599.9)).id.exp).toBe(NOW + 3600);
    expect((await ask(NOW - 300)).id.iat).toBe(NOW);
  });

  test('are refused when the pool has removed their key, as soon as that is known', async () => {
    const { pool, ask } = await remembered(LONG_LIVED);
    await replaceKeys(pool, ['key-of-another', 'key-of-access']);
    expect(await failure(ask())).toBe('token_invalid: kid');
    // Again during the cool-down: a temporary error, as for any unknown key.
    expect(await failure(ask())).toBe('keys_unavailable: unknown kid');
  });

  test('do not sign the user out in that case: the session is refreshed', async () => {
    const pool = await fakePool();
    const session = await mintSession(LONG_LIVED);
    const state = async () => (await verifySession(pool.client, session)).state;
    expect([await state(), await state()]).toEqual(['signed-in', 'signed-in']);
    await replaceKeys(pool, ['key-of-another', 'key-of-access']);
    expect([await state(), await state()]).toEqual(['signed-out', 'unavailable']);
  });

  test('are refreshed immediately in every session of a pool that replaced all its keys', async () => {
    const pool = await fakePool();
    const sessions = await Promise.all(
      ['one', 'two', 'three'].map(async (refreshToken) => ({
        ...(await mintSession(LONG_LIVED)),
        refreshToken,
      })),
    );
    for (const session of sessions) await verifySession(pool.client, session);
    await replaceKeys(pool, ['new-key']);
    const refresher = createRefresher(pool.client);
    const header = { kid: 'new-key' };
    for (const session of sessions) {
      const id = await sign(idClaims(pool.now), header);
      const access = await sign(accessClaims(pool.now), header);
      pool.answer = () => tokenAnswer({ idToken: id, accessToken: access });
      const state = await resolveSession(pool.client, refresher, session);
      expect(state).toMatchObject({ state: 'signed-in', renewed: true, session: { idToken: id } });
    }
  });

  test('are verified again by a new key set that still has their keys', async () => {
    const { pool, ask } = await remembered(LONG_LIVED);
    await replaceKeys(pool, ['key-of-id', 'key-of-access', 'a-new-one']);
    const looked = signatures();
    await ask();
    await ask();
    expect(looked()).toBe(2);
  });

  test('stay cached when the same keys are fetched again', async () => {
    const { pool, ask } = await remembered(LONG_LIVED);
    await replaceKeys(pool, ['key-of-id', 'key-of-access']);
    const looked = signatures();
    await ask();
    expect([looked(), pool.calls(JWKS)]).toEqual([0, 2]);
  });

  test('do not keep a process from fetching the keys once an hour', async () => {
    const { pool, ask } = await remembered(LONG_LIVED);
    const looked = signatures();
    for (let hour = 1; hour <= 3; hour++) {
      pool.now += 3600;
      await ask();
      await new Promise(setImmediate);
      await ask();
      expect(pool.calls(JWKS)).toBe(1 + hour);
    }
    expect(looked()).toBe(0);
  });

  test('stay valid during an outage of the key endpoint', async () => {
    const { pool, ask } = await remembered(LONG_LIVED);
    pool.keys = () => Promise.reject(new Error('ECONNREFUSED'));
    pool.now += 3601;
    await ask();
    await new Promise(setImmediate);
    expect((await ask()).id.iss).toBe(ISSUER);
  });
});

describe('a cached verification does not cover', () => {
  test('claims that another page has changed', async () => {
    const { ask } = await remembered({ id: { 'custom:plan': { name: 'free', seats: [1] } } });
    const { id, access } = await ask();
    for (const each of [id, access, id['cognito:groups'], access['cognito:groups']]) {
      expect(Object.isFrozen(each)).toBe(true);
    }
    const plan = id['custom:plan'];
    expect(() => Object.assign(plan as object, { name: 'paid' })).toThrow(TypeError);
    expect(() => Object.assign(id, { sub: 'somebody' })).toThrow(TypeError);
    const both = await ask();
    expect(() => Object.assign(both, { id: { ...id, sub: 'somebody' } })).toThrow(TypeError);
    expect((await ask()).id).toMatchObject({ 'custom:plan': { name: 'free', seats: [1] } });
  });

  test('a forged token put into an object whose tokens were verified', async () => {
    const { pool, tokens } = await remembered();
    const mallory = await mintTokens({ id: { sub: 'mallory' }, access: { sub: 'mallory' } });
    const forge = (token: string) => `${token.slice(0, token.lastIndexOf('.'))}.AAAA`;
    for (const change of [
      { idToken: forge(mallory.idToken) },
      { accessToken: forge(mallory.accessToken) },
    ]) {
      const held = { ...tokens };
      await verifyTokens(pool.client, held, NOW);
      Object.assign(held, change);
      expect(await failure(verifyTokens(pool.client, held, NOW))).toMatch(/^token_invalid/);
    }
  });

  test.each([
    // Either of the two tokens may be refused first.
    ['app client', { COGNITO_CLIENT_ID: 'another0app0client' }, /^token_invalid: (aud|client_id)$/],
    ['user pool', { COGNITO_ISSUER: `${ISSUER}X` }, /^token_invalid: iss$/],
  ])('another %s in the same process', async (_, env, refusal) => {
    const pool = await fakePool();
    const memory = emptyClientMemory();
    const wire = { fetch: pool.client.fetch, now: () => NOW, memory };
    const ours = createAppClient(config(), wire);
    const other = createAppClient(config(env), wire);
    const tokens = await mintTokens();
    await verifyTokens(ours, tokens, NOW);
    await verifyTokens(ours, tokens, NOW);
    expect(await failure(verifyTokens(other, tokens, NOW))).toMatch(refusal);
  });

  test('tokens that were refused once', async () => {
    const { client } = await fakePool();
    await verifyTokens(client, await mintTokens(), NOW);
    const tokens = await mintTokens({ id: { sub: 'somebody-else' } });
    for (let n = 0; n < 3; n++) {
      expect(await failure(verifyTokens(client, tokens, NOW))).toBe('token_invalid: sub');
    }
  });

  test('tokens whose key was replaced while they were verified', async () => {
    const { client } = await fakePool();
    await verifyTokens(client, await mintTokens(), NOW);
    const before: JSONWebKeySet = await publicKeys();
    const after: JSONWebKeySet = await publicKeys(['another-key']);
    let known = before;
    const replacing: AppClient = {
      ...client,
      keys: {
        ...client.keys,
        current: () => known,
        async find(header) {
          const key = await client.keys.find(header);
          known = after;
          return key;
        },
      },
    };
    const tokens = await mintTokens();
    const looked = signatures();
    await verifyTokens(replacing, tokens, NOW);
    // It isn't known which keys verified the tokens: neither the new ones cover them …
    await verifyTokens(replacing, tokens, NOW);
    expect(looked()).toBe(4);
    // … nor the old ones, if they come back.
    known = before;
    await verifyTokens(replacing, tokens, NOW);
    expect(looked()).toBe(6);
  });
});

test('a process without keys fetches them only once to find that a session’s keys are gone', async () => {
  const pool = await fakePool();
  const others = await publicKeys(['another-key']);
  pool.keys = () => Response.json(others);
  const status = await verifySession(pool.client, await mintSession());
  expect(status.state).toBe('signed-out');
  expect(pool.requests.filter(({ url }) => url.endsWith('/jwks.json'))).toHaveLength(1);
});
