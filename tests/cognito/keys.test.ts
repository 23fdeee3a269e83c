import { exportJWK, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { verifyIdToken, verifyNewTokens, verifyTokens } from '@/lib/cognito/protocol/verify';
import {
  accessClaims,
  failure,
  fakePool,
  idClaims,
  keyPair,
  mintTokens,
  NOW,
  publicKeys,
  sign,
} from './support';

const KEYS = '/us-west-2_AbCdEfGhI/.well-known/jwks.json';
const down = () => new Response('<html>', { status: 500 });

async function setUp() {
  const pool = await fakePool();
  const token = await sign({ ...idClaims(), exp: NOW + 99_999 });
  const check = async (text = token) => (await verifyIdToken(pool.client, text, pool.now)).sub;
  return { pool, check, fetches: () => pool.calls(KEYS) };
}

test('the keys are fetched once, even for many requests at once', async () => {
  const { check, fetches } = await setUp();
  await Promise.all(Array.from({ length: 20 }, () => check()));
  await check();
  expect(fetches()).toBe(1);
});

test('an outage after an hour keeps the old keys', async () => {
  const { pool, check, fetches } = await setUp();
  await check();
  pool.keys = down;
  pool.now += 3601;
  await check();
  await check();
  expect(fetches()).toBe(2);
});

test('an outage without keys in memory is a temporary error, and ends when the endpoint is back', async () => {
  const { pool, check } = await setUp();
  const { keys } = pool;
  const jwks = await publicKeys();
  const broken = [
    down,
    () => Response.json(jwks, { status: 500 }),
    () => Response.json({ keys: [] }),
    () => new Response('{"keys":'),
  ];
  for (const answer of [...broken, () => Promise.reject(new Error('ECONNREFUSED'))]) {
    pool.keys = answer;
    expect(await failure(check())).toMatch(/^keys_unavailable/);
  }
  pool.keys = keys;
  expect(await check()).toBe(idClaims().sub);
});

test('an invalid response an hour later does not replace the valid keys', async () => {
  const { pool, check } = await setUp();
  await check();
  for (const keys of [[null], ['text'], [[]], [1]]) {
    pool.keys = () => Response.json({ keys });
    pool.now += 3601;
    await check();
    await new Promise(setImmediate);
    expect(await check()).toBe(idClaims().sub);
  }
});

test('new keys are found immediately, and unknown ones cost one fetch in half a minute', async () => {
  const { pool, check, fetches } = await setUp();
  await check();
  pool.now += 30;
  const jwks = await publicKeys(['new-key']);
  pool.keys = () => Response.json(jwks);
  expect(await check(await sign(idClaims(), { kid: 'new-key' }))).toBe(idClaims().sub);
  expect(fetches()).toBe(2);

  const forged = await sign(idClaims(), { kid: 'made-up' });
  for (let i = 0; i < 50; i++) {
    expect(await failure(check(forged))).toBe('keys_unavailable: unknown kid');
  }
  expect(fetches()).toBe(2);
  pool.now += 30;
  expect(await failure(check(forged))).toBe('token_invalid: kid');
  expect(fetches()).toBe(3);
});

test('an unknown key on the very first request is refused, and causes one fetch', async () => {
  const { check, fetches } = await setUp();
  expect(await failure(check(await sign(idClaims(), { kid: 'made-up' })))).toBe(
    'token_invalid: kid',
  );
  expect(fetches()).toBe(1);
});

test('a token without a key ID is refused, even if there is only one key, with or without an ID', async () => {
  const { pool, check } = await setUp();
  const jwks = await publicKeys(['key-of-id']);
  pool.keys = () => Response.json(jwks);
  const { privateKey } = await keyPair('key-of-id');
  const nameless = await new SignJWT(idClaims())
    .setProtectedHeader({ alg: 'RS256' })
    .sign(privateKey);
  expect(await failure(check(nameless))).toBe('token_invalid: kid');
  pool.keys = () => Response.json({ keys: jwks.keys.map((key) => ({ ...key, kid: undefined })) });
  await pool.client.keys.refetch();
  expect(await failure(check(nameless))).toBe('token_invalid: kid');
});

describe('a key verifies no token if', () => {
  test.each<[string, object]>([
    ['it is of another type', { kty: 'oct', k: 'c2VjcmV0' }],
    ['it is for encryption', { use: 'enc' }],
    ['it is for another algorithm', { alg: 'RS512' }],
    ['it is only for signing', { key_ops: ['sign'] }],
    ['its operations are not a list', { key_ops: 'verify' }],
    ['it has no ID', { kid: undefined }],
  ])('%s', async (_, change) => {
    const { pool, check } = await setUp();
    const { keys } = await publicKeys(['key-of-id']);
    pool.keys = () => Response.json({ keys: keys.map((key) => ({ ...key, ...change })) });
    expect(await failure(check())).toBe('token_invalid: kid');
  });

  test('another one has the same ID', async () => {
    const { pool, check } = await setUp();
    const { keys } = await publicKeys(['key-of-id', 'key-of-access']);
    pool.keys = () => Response.json({ keys: keys.map((key) => ({ ...key, kid: 'key-of-id' })) });
    expect(await failure(check())).toBe('token_invalid: kid');
  });

  test.each<[string, () => Promise<object>]>([
    ['it is private', async () => exportJWK((await keyPair('key-of-id')).privateKey)],
    ['it is shorter than 2,048 bits', async () => shortKey()],
    ['its modulus is missing', async () => ({ kty: 'RSA', e: 'AQAB' })],
  ])('%s', async (_, make) => {
    const { pool, check } = await setUp();
    const key = { ...(await make()), kid: 'key-of-id' };
    pool.keys = () => Response.json({ keys: [key] });
    expect(await failure(check())).toMatch(/^token_invalid/);
  });
});

async function shortKey(): Promise<object> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 1024,
    publicExponent: Uint8Array.from([1, 0, 1]),
    hash: 'SHA-256',
  };
  const { publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign']);
  return crypto.subtle.exportKey('jwk', publicKey);
}

test('a key needs no more than its ID and its type', async () => {
  const { pool, check } = await setUp();
  const { keys } = await publicKeys(['key-of-id']);
  const bare = keys.map(({ kid, kty, n, e }) => ({ kid, kty, n, e }));
  pool.keys = () => Response.json({ keys: bare });
  expect(await check()).toBe(idClaims().sub);
});

test('keys that the pool replaces within half a minute of the first fetch are found', async () => {
  const { pool, check, fetches } = await setUp();
  await check();
  const jwks = await publicKeys(['new-key']);
  pool.keys = () => Response.json(jwks);
  pool.now += 1;
  const renewed = await sign(idClaims(), { kid: 'new-key' });
  expect(await Promise.all([check(renewed), check(renewed), check(renewed)])).toHaveLength(3);
  expect(fetches()).toBe(2);
});

test('an invented key ID does not delay the new keys of sessions, whose tokens no stranger can invent', async () => {
  const { pool, check, fetches } = await setUp();
  await check();
  const forged = await sign(idClaims(), { kid: 'made-up' });
  expect(await failure(check(forged))).toBe('token_invalid: kid');
  const jwks = await publicKeys(['new-key']);
  pool.keys = () => Response.json(jwks);
  const idToken = await sign(idClaims(), { kid: 'new-key' });
  const accessToken = await sign(accessClaims(), { kid: 'new-key' });
  expect(await failure(check(idToken))).toBe('keys_unavailable: unknown kid');
  expect((await verifyTokens(pool.client, { idToken, accessToken }, NOW)).id.sub).toBeTruthy();
  expect(fetches()).toBe(3);
});

test('sessions whose keys the pool has withdrawn cost one fetch in half a minute', async () => {
  const { pool, check, fetches } = await setUp();
  await check();
  const jwks = await publicKeys(['new-key']);
  pool.keys = () => Response.json(jwks);
  await pool.client.keys.refetch();
  for (let turn = 0; turn < 20; turn++) {
    expect(await failure(verifyTokens(pool.client, await mintTokens(), NOW))).toMatch(/kid$/);
  }
  expect(fetches()).toBe(3);
});

test('a failed search for the new key of a session is repeated by the next request', async () => {
  const { pool, check } = await setUp();
  await check();
  const jwks = await publicKeys(['new-key']);
  const idToken = await sign(idClaims(), { kid: 'new-key' });
  const accessToken = await sign(accessClaims(), { kid: 'new-key' });
  const verify = () => verifyTokens(pool.client, { idToken, accessToken }, NOW);
  pool.keys = down;
  expect(await failure(verify())).toMatch(/^keys_unavailable/);
  pool.keys = () => Response.json(jwks);
  expect((await verify()).id.sub).toBeTruthy();
});

test('new tokens that are invalid for another reason do not cause a fetch of the keys', async () => {
  const { pool, check, fetches } = await setUp();
  await check();
  const { idToken } = await mintTokens();
  const wrong = verifyNewTokens(pool.client, { idToken, accessToken: idToken });
  expect(await failure(wrong)).toBe('token_invalid: token_use');
  expect(fetches()).toBe(1);
});

test('a call that fails quickly is repeated once, but not while the endpoint is down', async () => {
  const { pool, check, fetches } = await setUp();
  const { keys } = pool;
  let failures = 1;
  pool.keys = () => (failures-- > 0 ? down() : keys());
  expect(await check()).toBe(idClaims().sub);
  expect(fetches()).toBe(2);

  const other = await setUp();
  other.pool.keys = down;
  await failure(other.check());
  await failure(other.check());
  expect(other.fetches()).toBe(3);
});
