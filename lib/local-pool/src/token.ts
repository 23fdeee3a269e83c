import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { authenticateClient } from './client-auth';
import { grantToClient } from './client-credentials-grant';
import { redeemCode } from './code-grant';
import { json, type PoolEnv, readForm } from './http';
import type { GrantResult } from './issue';
import { redeemRefreshToken } from './refresh-grant';
import type { AppClient } from './settings';
import type { PoolState } from './state';

/**
 * POST /oauth2/token. Every error is a 400 with `{"error"}`, including `invalid_client` (facts,
 * section 4).
 *
 * @param pool the pool
 */
export function tokenRoutes(pool: PoolState): Hono<PoolEnv> {
  const routes = new Hono<PoolEnv>();
  routes.use('/oauth2/token', cors());
  routes.post('/oauth2/token', async (c) => answer(c, await exchange(pool, c)));
  routes.all('/oauth2/token', (c) => json(c, 405, { error: 'invalid_request' }));
  return routes;
}

async function exchange(pool: PoolState, c: Context<PoolEnv>): Promise<GrantResult> {
  const form = await readForm(c.req.raw);
  const grantType = form.get('grant_type') ?? '';
  const checked = authenticateClient(pool, c.req.header('authorization'), form, 'basic-or-body');
  if (checked.kind === 'refused') return { kind: 'error', error: 'invalid_client' };
  if (checked.kind === 'absent' || grantType === '') {
    return { kind: 'error', error: 'invalid_request' };
  }
  return await grant(pool, checked.client, grantType, form);
}

async function grant(
  pool: PoolState,
  client: AppClient,
  grantType: string,
  form: URLSearchParams,
): Promise<GrantResult> {
  if (grantType === 'authorization_code') return await redeemCode(pool, client, form);
  if (grantType === 'refresh_token') return await redeemRefreshToken(pool, client, form);
  if (grantType === 'client_credentials') return await grantToClient(pool, client, form);
  return { kind: 'error', error: 'unsupported_grant_type' };
}

function answer(c: Context<PoolEnv>, result: GrantResult): Response {
  if (result.kind === 'error') {
    const { error, description } = result;
    return json(
      c,
      400,
      description === undefined ? { error } : { error, error_description: description },
    );
  }
  const { id_token, access_token, refresh_token, expires_in, token_type } = result.answer;
  // The order of the members is that of a recorded response.
  return json(c, 200, { id_token, access_token, refresh_token, expires_in, token_type });
}
