import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import type { LocalPool } from '@/lib/local-pool/pool';
import { cognitoSub } from '@/lib/local-pool/users';
import {
  authorize,
  BOB,
  CONFIDENTIAL,
  claimsOf,
  DOMAIN,
  get,
  location,
  rawPart,
  redeem,
  refresh,
  START,
  signIn,
  signInForTokens,
  startPool,
  startPoolWith,
  tokensOf,
} from './support';

const ISSUER = `${DOMAIN}/us-east-1_LocalPool`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const RFC_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function fetchJwks(pool: LocalPool): Promise<JSONWebKeySet> {
  return await (await get(pool, '/us-east-1_LocalPool/.well-known/jwks.json')).json();
}

describe('both tokens', () => {
  it('verify against the JWKS, each with its own key of 44 characters, without typ', async () => {
    const pool = await startPool();
    const { id_token, access_token } = await signInForTokens(pool);
    const keys = createLocalJWKSet(await fetchJwks(pool));
    const options = { issuer: ISSUER, currentDate: new Date(START * 1000) };
    await jwtVerify(id_token, keys, { ...options, audience: CONFIDENTIAL.clientId });
    await jwtVerify(access_token, keys, options);
    const kids = [id_token, access_token].map((token) => decodeProtectedHeader(token).kid ?? '');
    expect(kids[0]).not.toBe(kids[1]);
    for (const kid of kids) expect(kid).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    for (const token of [id_token, access_token]) {
      expect(Object.keys(JSON.parse(rawPart(token, 0)))).toEqual(['kid', 'alg']);
    }
  });

  it('escape slashes', async () => {
    const { id_token, access_token } = await signInForTokens(await startPool());
    for (const token of [id_token, access_token]) {
      expect(rawPart(token, 1)).toContain(
        '"iss":"http:\\/\\/127.0.0.1:4801\\/us-east-1_LocalPool"',
      );
    }
  });

  it('have no groups claim for a user in no group', async () => {
    const { id_token, access_token } = await signInForTokens(await startPool(), {}, BOB);
    for (const token of [id_token, access_token]) {
      expect(claimsOf(token)).not.toHaveProperty('cognito:groups');
    }
  });

  it('carry jti and origin_jti only with revocation or rotation', async () => {
    const none = await signInForTokens(await startPoolWith({ tokenRevocation: false }));
    expect(claimsOf(none.access_token)).not.toHaveProperty('jti');
    expect(claimsOf(none.id_token)).not.toHaveProperty('origin_jti');
    const rotation = { graceSeconds: 0 };
    const rotated = await signInForTokens(
      await startPoolWith({ tokenRevocation: false, rotation }),
    );
    expect(claimsOf(rotated.access_token).origin_jti).toMatch(UUID);
  });

  it('live as long as the client says, each by itself', async () => {
    const pool = await startPool();
    pool.setLifetimes({ access: 300, id: 600 });
    const tokens = await signInForTokens(pool);
    expect(tokens.expires_in).toBe(300);
    expect(claimsOf(tokens.access_token).exp).toBe(START + 300);
    expect(claimsOf(tokens.id_token).exp).toBe(START + 600);
  });
});

describe('the ID token', () => {
  it("has Cognito's claims in Cognito's order and types", async () => {
    const { id_token, access_token } = await signInForTokens(await startPool(), { nonce: 'n-1' });
    const hash = createHash('sha256').update(access_token).digest().subarray(0, 16);
    const claims = claimsOf(id_token);
    expect(claims).toEqual({
      at_hash: hash.toString('base64url'),
      sub: '34c84488-e0e1-70ae-d2ee-991ad1a898c8',
      'cognito:groups': ['admin'],
      email_verified: true,
      iss: ISSUER,
      phone_number_verified: true,
      'cognito:username': 'alice',
      nonce: 'n-1',
      origin_jti: expect.stringMatching(UUID),
      aud: 'confidential',
      token_use: 'id',
      auth_time: START,
      name: 'Alice Archer',
      phone_number: '+12065550100',
      exp: START + 3600,
      iat: START,
      jti: expect.stringMatching(UUID),
      email: 'alice@example.com',
    });
    expect(Object.keys(claims)[0]).toBe('at_hash');
  });

  it('is absent without the scope openid', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool, { scope: 'aws.cognito.signin.user.admin' });
    const body: unknown = await (await redeem(pool, code)).json();
    expect(body).not.toHaveProperty('id_token');
    expect(body).toHaveProperty('access_token');
  });

  it('opens attributes by scope; openid alone opens all', async () => {
    const pool = await startPool();
    const email = claimsOf((await signInForTokens(pool, { scope: 'openid email' })).id_token);
    expect(email.email).toBe('alice@example.com');
    expect(email).not.toHaveProperty('name');
    expect(email).not.toHaveProperty('phone_number');
    const all = claimsOf((await signInForTokens(pool, { scope: 'openid' })).id_token);
    expect(all).toMatchObject({ name: 'Alice Archer', phone_number: '+12065550100' });
  });

  it('has no nonce that was not sent', async () => {
    const { id_token } = await signInForTokens(await startPool());
    expect(claimsOf(id_token)).not.toHaveProperty('nonce');
  });

  it('of a federated user has identities, and a nonce even if none was sent', async () => {
    const identity = { userId: '1047', providerName: 'Google', issuer: null, primary: 'true' };
    const user = {
      username: 'google_1047',
      password: 'p',
      groups: ['us-east-1_LocalPool_Google'],
      attributes: { 'custom:level': '7' },
      identities: [identity],
    };
    const pool = await startPool({ users: [user] });
    const { id_token } = await signInForTokens(pool, {}, user);
    expect(claimsOf(id_token)).toMatchObject({
      'cognito:username': 'google_1047',
      'cognito:groups': ['us-east-1_LocalPool_Google'],
      'custom:level': '7',
      identities: [identity],
      nonce: expect.stringMatching(UUID),
    });
  });
});

describe('the access token', () => {
  it("has Cognito's claims: no aud, no e-mail, the scopes as one string", async () => {
    const { access_token } = await signInForTokens(await startPool());
    const claims = claimsOf(access_token);
    expect(claims).toEqual({
      sub: '34c84488-e0e1-70ae-d2ee-991ad1a898c8',
      'cognito:groups': ['admin'],
      iss: ISSUER,
      version: 2,
      client_id: 'confidential',
      origin_jti: expect.stringMatching(UUID),
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin phone openid profile email',
      auth_time: START,
      exp: START + 3600,
      iat: START,
      jti: expect.stringMatching(UUID),
      username: 'alice',
    });
  });

  it('lists the scopes that were asked, not in their order', async () => {
    const { access_token } = await signInForTokens(await startPool(), { scope: 'email openid' });
    expect(claimsOf(access_token).scope).toBe('openid email');
  });

  it('has the asked resource as aud, after a refresh too', async () => {
    const pool = await startPool();
    const first = await signInForTokens(pool, { resource: 'https://api.example.com' });
    expect(claimsOf(first.access_token).aud).toBe('https://api.example.com');
    const second = await tokensOf(await refresh(pool, first.refresh_token));
    expect(claimsOf(second.access_token).aud).toBe('https://api.example.com');
    expect(claimsOf(second.id_token).aud).toBe('confidential');
  });
});

describe('the refresh token', () => {
  it("is a JWE of Cognito's shape and size", async () => {
    const { refresh_token } = await signInForTokens(await startPool());
    expect(rawPart(refresh_token, 0)).toBe('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}');
    expect(refresh_token.split('.').map((part) => part.length)).toEqual([62, 342, 16, 1272, 22]);
    expect(refresh_token).toHaveLength(1718);
  });
});

describe('after a refresh', () => {
  it('sub, auth_time, origin_jti and scope are the same; times, jti and at_hash are new', async () => {
    const pool = await startPool();
    const first = await signInForTokens(pool, { nonce: 'n-1', scope: 'openid email' });
    pool.advance(1000);
    const second = await tokensOf(await refresh(pool, first.refresh_token));
    const [before, after] = [claimsOf(first.id_token), claimsOf(second.id_token)];
    for (const claim of ['sub', 'auth_time', 'origin_jti', 'iss', 'aud']) {
      expect(after[claim]).toBe(before[claim]);
    }
    expect(after.iat).toBe(START + 1000);
    expect(after.exp).toBe(START + 4600);
    expect(after.jti).not.toBe(before.jti);
    expect(after.at_hash).not.toBe(before.at_hash);
    expect(after).not.toHaveProperty('nonce');
    expect(claimsOf(second.access_token).scope).toBe('openid email');
  });

  it('groups are read afresh', async () => {
    const pool = await startPool();
    const first = await signInForTokens(pool, {}, BOB);
    pool.addToGroup('bob', 'admin');
    const second = await tokensOf(await refresh(pool, first.refresh_token));
    expect(claimsOf(second.access_token)['cognito:groups']).toEqual(['admin']);
    pool.removeFromGroup('bob', 'admin');
    const third = await tokensOf(await refresh(pool, first.refresh_token));
    expect(claimsOf(third.access_token)).not.toHaveProperty('cognito:groups');
  });
});

it('a silent authorize gives tokens of full length with the old auth_time', async () => {
  const pool = await startPool();
  const { cookie } = await signIn(pool);
  pool.advance(1800);
  const code = location(await authorize(pool, {}, cookie)).searchParams.get('code') ?? '';
  const claims = claimsOf((await tokensOf(await redeem(pool, code))).id_token);
  expect(claims.auth_time).toBe(START);
  expect(claims.exp).toBe(START + 1800 + 3600);
});

it('a sub looks like a UUID and is none', () => {
  for (let i = 0; i < 20; i++) {
    const sub = cognitoSub();
    expect(sub).toMatch(UUID);
    expect(sub).not.toMatch(RFC_UUID);
  }
});

it('new keys leave old tokens unverifiable, and refresh tokens alive', async () => {
  const pool = await startPool();
  const old = await signInForTokens(pool);
  await pool.rotateKeys();
  const keys = createLocalJWKSet(await fetchJwks(pool));
  const options = { currentDate: new Date(START * 1000) };
  await expect(jwtVerify(old.id_token, keys, options)).rejects.toMatchObject({
    code: 'ERR_JWKS_NO_MATCHING_KEY',
  });
  const fresh = await tokensOf(await refresh(pool, old.refresh_token));
  expect((await jwtVerify(fresh.id_token, keys, options)).payload.token_use).toBe('id');
});
