import { describe, expect, it } from 'vitest';
import type { OverrideDetails, PreTokenGenerationEvent } from '../src/pre-token-generation';
import {
  BOB,
  claimsOf,
  get,
  redeem,
  refresh,
  signIn,
  signInForTokens,
  startPool,
  tokensOf,
} from './support';

const ROLE = 'arn:aws:iam::123456789012:role/writer';

async function startWith(details: OverrideDetails) {
  const seen: PreTokenGenerationEvent[] = [];
  const pool = await startPool({
    groups: [{ name: 'admin', roleArn: ROLE }],
    preTokenGeneration: async (event) => {
      seen.push(structuredClone(event));
      event.response = { claimsAndScopeOverrideDetails: details };
      return event;
    },
  });
  return { pool, seen };
}

async function claimsWith(details: OverrideDetails) {
  const { pool } = await startWith(details);
  const { id_token, access_token } = await signInForTokens(pool);
  return { id: claimsOf(id_token), access: claimsOf(access_token) };
}

describe('a pre token generation trigger', () => {
  it("gets Cognito's V2 event, at the sign-in and at each refresh", async () => {
    const { pool, seen } = await startWith({});
    const { refresh_token } = await signInForTokens(pool, { scope: 'openid email' });
    await refresh(pool, refresh_token);
    expect(seen.map(({ triggerSource }) => triggerSource)).toEqual([
      'TokenGeneration_HostedAuth',
      'TokenGeneration_RefreshTokens',
    ]);
    expect(seen[0]).toMatchObject({
      version: '2',
      region: 'us-east-1',
      userPoolId: 'us-east-1_LocalPool',
      userName: 'alice',
      callerContext: { clientId: 'confidential' },
      request: {
        userAttributes: { sub: expect.any(String), email_verified: 'true' },
        groupConfiguration: {
          groupsToOverride: ['admin'],
          iamRolesToOverride: [ROLE],
          preferredRole: ROLE,
        },
        scopes: ['openid', 'email'],
      },
      response: { claimsAndScopeOverrideDetails: null },
    });
  });

  it('adds, overrides and suppresses claims of any JSON type, separately in each token', async () => {
    const added = { plan: { seats: 3, trial: false }, tags: ['a', 1], name: 'Somebody' };
    const { id, access } = await claimsWith({
      idTokenGeneration: { claimsToAddOrOverride: added, claimsToSuppress: ['email'] },
      accessTokenGeneration: { claimsToAddOrOverride: { tenant: 7 } },
    });
    expect(id).toMatchObject(added);
    expect(id).not.toHaveProperty('email');
    expect(id).not.toHaveProperty('tenant');
    expect(access.tenant).toBe(7);
    expect(access).not.toHaveProperty('plan');
  });

  it('can do the same at a refresh', async () => {
    const { pool } = await startWith({
      accessTokenGeneration: { claimsToAddOrOverride: { tenant: 7 } },
    });
    const { refresh_token } = await signInForTokens(pool);
    const { access_token } = await tokensOf(await refresh(pool, refresh_token));
    expect(claimsOf(access_token).tenant).toBe(7);
  });

  it.each([
    ...['acr', 'amr', 'at_hash', 'auth_time', 'azp', 'client_id', 'device_key', 'event_id', 'exp'],
    ...['iat', 'identities', 'iss', 'jti', 'nbf', 'nonce', 'origin_jti', 'sub', 'token_use'],
    ...['username', 'version', 'cognito:username', 'cognito:roles', 'aud'],
  ])('cannot change %s', async (name) => {
    const changes = { claimsToSuppress: [name], claimsToAddOrOverride: { [name]: 'forged' } };
    const before = await claimsWith({});
    const after = await claimsWith({ idTokenGeneration: changes, accessTokenGeneration: changes });
    for (const token of ['id', 'access'] as const) {
      expect(name in after[token]).toBe(name in before[token]);
      expect(after[token][name]).not.toBe('forged');
    }
  });

  it('can set the access token’s aud to the client id', async () => {
    const changes = { claimsToAddOrOverride: { aud: 'confidential' } };
    expect((await claimsWith({ accessTokenGeneration: changes })).access.aud).toBe('confidential');
  });

  it('replaces groups and roles in both tokens', async () => {
    const groups = { groupsToOverride: ['guest'], iamRolesToOverride: ['arn:x'] };
    const { id, access } = await claimsWith({ groupOverrideDetails: groups });
    expect(id).toMatchObject({ 'cognito:groups': ['guest'], 'cognito:roles': ['arn:x'] });
    expect(id).not.toHaveProperty('cognito:preferred_role');
    expect(access['cognito:groups']).toEqual(['guest']);
  });

  it('drops the roles with the groups', async () => {
    const { id, access } = await claimsWith({
      idTokenGeneration: { claimsToSuppress: ['cognito:groups'] },
    });
    for (const name of ['cognito:groups', 'cognito:roles', 'cognito:preferred_role']) {
      expect(id).not.toHaveProperty(name);
    }
    expect(access['cognito:groups']).toEqual(['admin']);
  });

  it('adds and removes scopes of the access token, and userInfo respects them', async () => {
    const { pool } = await startWith({
      accessTokenGeneration: { scopesToAdd: ['orders/read'], scopesToSuppress: ['openid'] },
    });
    const { access_token, id_token } = await signInForTokens(pool, { scope: 'openid email' });
    expect(claimsOf(access_token).scope).toBe('email orders/read');
    expect(claimsOf(id_token).email).toBe('alice@example.com');
    const authorization = `Bearer ${access_token}`;
    expect((await get(pool, '/oauth2/userInfo', { authorization })).status).toBe(401);
  });

  it('that throws ends the exchange with an error, and the code cannot be used again', async () => {
    const pool = await startPool({
      preTokenGeneration: (event) => {
        if (event.userName === 'bob') throw new Error('no Bobs');
        return event;
      },
    });
    const { code } = await signIn(pool, {}, BOB);
    const failed = await redeem(pool, code);
    expect([failed.status, await failed.json()]).toEqual([
      400,
      {
        error: 'invalid_grant',
        error_description: 'PreTokenGeneration failed with error no Bobs.',
      },
    ]);
    expect(await (await redeem(pool, code)).json()).toEqual({ error: 'invalid_grant' });
    expect((await signInForTokens(pool)).id_token).not.toBe('');
  });
});
