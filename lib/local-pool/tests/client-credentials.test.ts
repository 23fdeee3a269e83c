import { describe, expect, it } from 'vitest';
import type { LocalPool } from '../src/pool';
import {
  basic,
  CONFIDENTIAL,
  claimsOf,
  DOMAIN,
  get,
  post,
  START,
  startPool,
  startPoolWith,
} from './support';

const MACHINE = {
  clientCredentialsFlow: true,
  scopes: ['openid', 'orders/read', 'https://api.example.com/write'],
};

async function ask(
  pool: LocalPool,
  form: Record<string, string> = {},
  headers = basic(CONFIDENTIAL),
) {
  const asked = { grant_type: 'client_credentials', ...form };
  const response = await post(pool, '/oauth2/token', asked, headers);
  const body: unknown = await response.json();
  return { status: response.status, body: Object(body) };
}

describe("a machine's token", () => {
  it("is about the client only, with its claims in the access token's order", async () => {
    const { body } = await ask(await startPoolWith(MACHINE), { scope: 'orders/read' });
    expect(Object.keys(body)).toEqual(['access_token', 'expires_in', 'token_type']);
    expect(Object.entries(claimsOf(body.access_token))).toEqual(
      Object.entries({
        sub: 'confidential',
        iss: `${DOMAIN}/us-east-1_LocalPool`,
        version: 2,
        client_id: 'confidential',
        token_use: 'access',
        scope: 'orders/read',
        auth_time: START,
        exp: START + 3600,
        iat: START,
        jti: expect.any(String),
      }),
    );
  });

  it('has all custom scopes if none was requested, and never openid', async () => {
    const { body } = await ask(await startPoolWith(MACHINE));
    expect(claimsOf(body.access_token).scope).toBe('orders/read https://api.example.com/write');
  });

  it('is rejected by userInfo', async () => {
    const pool = await startPoolWith(MACHINE);
    const { body } = await ask(pool);
    const authorization = `Bearer ${body.access_token}`;
    expect((await get(pool, '/oauth2/userInfo', { authorization })).status).toBe(401);
  });
});

describe('a machine is refused', () => {
  it.each(['orders/write', 'openid', 'orders/read calendar/read'])(
    'the scope "%s" with invalid_scope',
    async (scope) => {
      expect(await ask(await startPoolWith(MACHINE), { scope })).toEqual({
        status: 400,
        body: { error: 'invalid_scope' },
      });
    },
  );

  it.each([
    ['without the flow', { clientCredentialsFlow: false }, basic(CONFIDENTIAL)],
    ['without a secret', { clientSecret: undefined }, {}],
  ])('%s with unauthorized_client', async (_, change, headers) => {
    const pool = await startPoolWith({ ...MACHINE, ...change });
    expect(await ask(pool, { client_id: 'confidential' }, { ...headers })).toEqual({
      status: 400,
      body: { error: 'unauthorized_client' },
    });
  });

  it('without custom scopes with invalid_scope', async () => {
    const pool = await startPoolWith({ clientCredentialsFlow: true });
    expect((await ask(pool)).body).toEqual({ error: 'invalid_scope' });
  });

  it('with a wrong secret with invalid_client', async () => {
    const wrong = basic({ ...CONFIDENTIAL, clientSecret: 'wrong' });
    expect((await ask(await startPool(), {}, wrong)).body).toEqual({ error: 'invalid_client' });
  });
});
