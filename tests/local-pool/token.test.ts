import { describe, expect, it } from 'vitest';
import {
  BOB,
  basic,
  CHALLENGE,
  CONFIDENTIAL,
  DOMAIN,
  FOREIGN,
  get,
  PUBLIC,
  post,
  REDIRECT_URI,
  redeem,
  refresh,
  signIn,
  signInForTokens,
  startPool,
  startPoolWith,
  tokensOf,
  VERIFIER,
} from './support';

const PKCE = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };

/** An OAuth error: HTTP 400 and a body with the error alone. */
async function expectError(response: Response, error: string): Promise<void> {
  expect(await response.json()).toEqual({ error });
  expect(response.status).toBe(400);
}

describe('a code', () => {
  it('gives three tokens, as JSON that no cache keeps', async () => {
    const pool = await startPool();
    const response = await redeem(pool, (await signIn(pool)).code);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(response.headers.get('cache-control')).toContain('no-store');
    const body = await response.text();
    expect(Object.keys(JSON.parse(body))).toEqual([
      'id_token',
      'access_token',
      'refresh_token',
      'expires_in',
      'token_type',
    ]);
    expect(body).toContain('"expires_in":3600,"token_type":"Bearer"');
  });

  it('is used once', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool);
    expect((await redeem(pool, code)).status).toBe(200);
    await expectError(await redeem(pool, code), 'invalid_grant');
  });

  it('is used once even by exchanges at the same moment', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool);
    const all = await Promise.all(Array.from({ length: 8 }, () => redeem(pool, code)));
    expect(all.filter((response) => response.status === 200)).toHaveLength(1);
  });

  it('lives five minutes', async () => {
    const pool = await startPool();
    const fresh = await signIn(pool);
    pool.advance(299);
    const late = await signIn(pool);
    expect((await redeem(pool, fresh.code)).status).toBe(200);
    pool.advance(300);
    await expectError(await redeem(pool, late.code), 'invalid_grant');
  });

  it.each(['', 'garbage', '00000000-0000-4000-8000-000000000000', '__proto__'])(
    'that the pool never gave is refused: "%s"',
    async (code) => {
      const error = code === '' ? 'invalid_request' : 'invalid_grant';
      await expectError(await redeem(await startPool(), code), error);
    },
  );

  it('with another redirect URI is unauthorized_client, and burnt', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool);
    const wrong = await redeem(pool, code, { redirect_uri: `${REDIRECT_URI}/` });
    expect(wrong.status).toBe(400);
    const error = { error: 'unauthorized_client', error_description: 'invalid_redirect' };
    expect(await wrong.json()).toEqual(error);
    await expectError(await redeem(pool, code), 'invalid_grant');
  });

  it('of another client is refused, and burnt', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool);
    await expectError(await redeem(pool, code, {}, basic(FOREIGN)), 'invalid_grant');
    await expectError(await redeem(pool, code), 'invalid_grant');
  });

  it('is not burnt by somebody who cannot authenticate', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool);
    const stranger = { ...CONFIDENTIAL, clientSecret: 'guessed' };
    await expectError(await redeem(pool, code, {}, basic(stranger)), 'invalid_client');
    expect((await redeem(pool, code)).status).toBe(200);
  });

  it('of a user disabled or removed in between is invalid_grant', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool);
    pool.disable('alice');
    await expectError(await redeem(pool, code), 'invalid_grant');
    const bob = await signIn(pool, {}, BOB);
    pool.remove('bob');
    await expectError(await redeem(pool, bob.code), 'invalid_grant');
  });

  it('of a client whose code flow was switched off is unauthorized_client', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool);
    pool.changeClient({ codeFlow: false });
    await expectError(await redeem(pool, code), 'unauthorized_client');
  });
});

describe('PKCE', () => {
  it('takes the right verifier', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool, PKCE);
    expect((await redeem(pool, code, { code_verifier: VERIFIER })).status).toBe(200);
  });

  it.each([
    ['a wrong verifier', { code_verifier: `${VERIFIER}x` }],
    ['the challenge as verifier', { code_verifier: CHALLENGE }],
    ['no verifier', {}],
  ])('%s is invalid_request at first, then the code is burnt', async (_, form) => {
    const pool = await startPool();
    const { code } = await signIn(pool, PKCE);
    await expectError(await redeem(pool, code, form), 'invalid_request');
    await expectError(await redeem(pool, code, { code_verifier: VERIFIER }), 'invalid_grant');
  });

  it('a verifier without a challenge is refused', async () => {
    const pool = await startPool();
    const { code } = await signIn(pool);
    await expectError(await redeem(pool, code, { code_verifier: VERIFIER }), 'invalid_grant');
  });
});

describe('client authentication', () => {
  const body = { client_id: CONFIDENTIAL.clientId };

  it('takes Basic and the body', async () => {
    const pool = await startPool();
    const first = await signIn(pool);
    expect((await redeem(pool, first.code, {}, basic(CONFIDENTIAL))).status).toBe(200);
    const second = await signIn(pool);
    const inBody = { ...body, client_secret: CONFIDENTIAL.clientSecret ?? '' };
    expect((await redeem(pool, second.code, inBody, {})).status).toBe(200);
  });

  it('takes a public client by its id, an empty secret included', async () => {
    const pool = await startPool();
    for (const form of [{}, { client_secret: '' }]) {
      const { code } = await signIn(pool, { client_id: PUBLIC.clientId });
      const response = await redeem(pool, code, { client_id: PUBLIC.clientId, ...form }, {});
      expect(response.status).toBe(200);
    }
  });

  it.each([
    ['a wrong secret in Basic', {}, basic({ ...CONFIDENTIAL, clientSecret: 'x' })],
    ['a wrong secret in the body', { ...body, client_secret: 'x' }, {}],
    ['no secret', body, {}],
    ['an unknown client', { client_id: 'nobody' }, {}],
    ['an inherited property', { client_id: '__proto__' }, {}],
    ['a public client with a secret', { client_id: PUBLIC.clientId, client_secret: 'x' }, {}],
    ['two different clients', { client_id: PUBLIC.clientId }, basic(CONFIDENTIAL)],
    ['another scheme', body, { authorization: 'Bearer x' }],
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

describe('other requests to /oauth2/token', () => {
  it('without grant type, client or refresh token are invalid_request', async () => {
    const pool = await startPool();
    await expectError(await post(pool, '/oauth2/token', {}), 'invalid_request');
    const auth = basic(CONFIDENTIAL);
    await expectError(await post(pool, '/oauth2/token', { code: 'x' }, auth), 'invalid_request');
    await expectError(await redeem(pool, 'x', { redirect_uri: '' }), 'invalid_request');
    await expectError(await refresh(pool, ''), 'invalid_request');
  });

  it('of an unknown grant type are unsupported_grant_type', async () => {
    const form = { grant_type: 'password' };
    const response = await post(await startPool(), '/oauth2/token', form, basic(CONFIDENTIAL));
    await expectError(response, 'unsupported_grant_type');
  });

  it('for client credentials are unauthorized_client', async () => {
    const form = { grant_type: 'client_credentials' };
    const response = await post(await startPool(), '/oauth2/token', form, basic(CONFIDENTIAL));
    await expectError(response, 'unauthorized_client');
  });

  it('as JSON are invalid_request, by GET 405', async () => {
    const pool = await startPool();
    const request = new Request(`${DOMAIN}/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...basic(CONFIDENTIAL) },
      body: JSON.stringify({ grant_type: 'authorization_code' }),
    });
    await expectError(await pool.fetch(request), 'invalid_request');
    expect((await get(pool, '/oauth2/token')).status).toBe(405);
  });
});

describe('a refresh', () => {
  it('gives no refresh token back, and the old one goes on working', async () => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    for (const _ of [1, 2]) {
      const response = await refresh(pool, refresh_token);
      expect(Object.keys(Object(await response.json()))).toEqual([
        'id_token',
        'access_token',
        'expires_in',
        'token_type',
      ]);
    }
  });

  it("ends with the refresh token's life, which does not slide", async () => {
    const pool = await startPoolWith({ refreshTokenSeconds: 7200 });
    const { refresh_token } = await signInForTokens(pool);
    pool.advance(7199);
    expect((await refresh(pool, refresh_token)).status).toBe(200);
    pool.advance(1);
    await expectError(await refresh(pool, refresh_token), 'invalid_grant');
  });

  it('by another client is invalid_grant', async () => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    await expectError(await refresh(pool, refresh_token, basic(FOREIGN)), 'invalid_grant');
  });

  it.each(['garbage', 'a.b.c.d.e', 'eyJhbGciOiJub25lIn0.e30.'])(
    'with the token %s is invalid_grant',
    async (token) => {
      await expectError(await refresh(await startPool(), token), 'invalid_grant');
    },
  );

  it('with a token of a pool that has been restarted is invalid_grant', async () => {
    const { refresh_token } = await signInForTokens(await startPool());
    await expectError(await refresh(await startPool(), refresh_token), 'invalid_grant');
  });

  it.each(['disable', 'remove', 'revokeAll', 'signOutGlobally'] as const)(
    'after %s is invalid_grant, for that user alone',
    async (end) => {
      const pool = await startPool();
      const alice = await signInForTokens(pool);
      const bob = await signInForTokens(pool, {}, BOB);
      pool[end]('alice');
      await expectError(await refresh(pool, alice.refresh_token), 'invalid_grant');
      expect((await refresh(pool, bob.refresh_token)).status).toBe(200);
    },
  );
});

describe('rotation', () => {
  it('gives a new refresh token, and the old one works for the grace period', async () => {
    const pool = await startPoolWith({ rotation: { graceSeconds: 10 } });
    const first = await signInForTokens(pool);
    const second = await tokensOf(await refresh(pool, first.refresh_token));
    expect(second.refresh_token).not.toBe('');
    pool.advance(9);
    expect((await refresh(pool, first.refresh_token)).status).toBe(200);
    pool.advance(1);
    await expectError(await refresh(pool, first.refresh_token), 'invalid_grant');
    expect((await refresh(pool, second.refresh_token)).status).toBe(200);
  });

  it('without grace lets one of many at the same moment through', async () => {
    const pool = await startPoolWith({ rotation: { graceSeconds: 0 } });
    const { refresh_token } = await signInForTokens(pool);
    const all = await Promise.all(Array.from({ length: 6 }, () => refresh(pool, refresh_token)));
    expect(all.filter((response) => response.status === 200)).toHaveLength(1);
  });

  it('with grace lets all of them through', async () => {
    const pool = await startPoolWith({ rotation: { graceSeconds: 10 } });
    const { refresh_token } = await signInForTokens(pool);
    const all = await Promise.all(Array.from({ length: 6 }, () => refresh(pool, refresh_token)));
    expect(all.map((response) => response.status)).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it('gives the new token only what was left of the first', async () => {
    const pool = await startPoolWith({
      rotation: { graceSeconds: 0 },
      refreshTokenSeconds: 7200,
    });
    const first = await signInForTokens(pool);
    pool.advance(7000);
    const second = await tokensOf(await refresh(pool, first.refresh_token));
    pool.advance(200);
    await expectError(await refresh(pool, second.refresh_token), 'invalid_grant');
  });

  it.each([
    [false, 200],
    [true, 400],
  ])('with reuseRevokesFamily %s, late reuse leaves the family at %s', async (revokes, status) => {
    const rotation = { graceSeconds: 0, reuseRevokesFamily: revokes };
    const pool = await startPoolWith({ rotation });
    const first = await signInForTokens(pool);
    const second = await tokensOf(await refresh(pool, first.refresh_token));
    await expectError(await refresh(pool, first.refresh_token), 'invalid_grant');
    expect((await refresh(pool, second.refresh_token)).status).toBe(status);
  });
});
