import { describe, expect, it } from 'vitest';
import type { AppClient, User } from '../src/settings';
import {
  authorize,
  BOB,
  basic,
  CONFIDENTIAL,
  claimsOf,
  FOREIGN,
  get,
  location,
  redeem,
  refresh,
  signIn,
  signInForTokens,
  startPool,
  tokensOf,
} from './support';

const ALICE = {
  username: 'alice',
  password: 'Another-password-2',
  groups: ['staff'],
  attributes: { email: 'alice@corp.example', 'custom:plan': 'gold' },
} satisfies User;
const CAROL = { ...ALICE, username: 'carol', groups: [] };
const JWKS = '/us-east-1_LocalPool/.well-known/jwks.json';

describe('new seeds in a running pool', () => {
  it('apply to the next refresh, and the user stays the same', async () => {
    const pool = await startPool();
    const before = await signInForTokens(pool);
    pool.reseed({ users: [ALICE] });
    const after = claimsOf((await tokensOf(await refresh(pool, before.refresh_token))).id_token);
    expect(after).toMatchObject({
      sub: claimsOf(before.id_token).sub,
      'cognito:groups': ['staff'],
      email: 'alice@corp.example',
      'custom:plan': 'gold',
    });
    expect(after).not.toHaveProperty('phone_number');
  });

  it('apply to the next sign-in: passwords and new users', async () => {
    const pool = await startPool();
    pool.reseed({ users: [ALICE, CAROL] });
    expect((await signIn(pool)).code).toBe('');
    expect((await signIn(pool, {}, ALICE)).code).not.toBe('');
    expect((await signIn(pool, {}, CAROL)).code).not.toBe('');
  });

  it('permanently end all sessions, codes and tokens of a removed user', async () => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool, {}, BOB);
    const { cookie, code } = await signIn(pool, {}, BOB);
    const bob: User = { ...ALICE, ...BOB };
    for (const users of [[ALICE], [ALICE, bob]]) {
      pool.reseed({ users });
      expect(await (await refresh(pool, refresh_token)).json()).toEqual({ error: 'invalid_grant' });
      expect(location(await authorize(pool, {}, cookie)).pathname).toBe('/login');
    }
    expect(await (await redeem(pool, code)).json()).toEqual({ error: 'invalid_grant' });
  });

  it('keep signing keys, codes, sessions and the clock', async () => {
    const pool = await startPool();
    pool.advance(100);
    const { cookie, code } = await signIn(pool);
    const keys = await (await get(pool, JWKS)).text();
    pool.reseed({ users: [ALICE], clients: [CONFIDENTIAL] });
    expect(await (await get(pool, JWKS)).text()).toBe(keys);
    expect(location(await authorize(pool, {}, cookie)).searchParams.has('code')).toBe(true);
    const { iat } = claimsOf((await tokensOf(await redeem(pool, code))).id_token);
    expect(Number(iat) % 1000).toBe(100);
  });

  it('can be app clients: new ones work, old ones are unknown, the first is the default', async () => {
    const pool = await startPool();
    const { refresh_token } = await signInForTokens(pool);
    const third: AppClient = { ...CONFIDENTIAL, clientId: 'third', clientSecret: 'third' };
    pool.reseed({ clients: [third, FOREIGN] });
    const answer = await refresh(pool, refresh_token, basic(CONFIDENTIAL));
    expect(await answer.json()).toEqual({ error: 'invalid_client' });
    expect((await authorize(pool, { client_id: 'third' })).headers.get('location')).toContain(
      '/login?',
    );
    const { redirectUris } = third;
    expect(pool.environment({ redirectUri: redirectUris[0] ?? '' }).COGNITO_CLIENT_ID).toBe(
      'third',
    );
  });
});

describe('invalid seeds', () => {
  const without = <T extends object>(entry: T, field: keyof T): T => {
    const copy = { ...entry };
    Reflect.deleteProperty(copy, field);
    return copy;
  };

  it.each([
    [{ users: [ALICE, { ...ALICE, username: 'ALICE' }] }, 'There are two users named "alice".'],
    [{ users: [without(ALICE, 'username')] }, 'The user at position 1 has no username.'],
    [{ users: [ALICE, without(CAROL, 'password')] }, 'The user "carol" has no password.'],
    [
      { users: [without(ALICE, 'groups')] },
      'The user "alice" has no groups: use a list of names, or [].',
    ],
    [
      { users: [without(ALICE, 'attributes')] },
      'The user "alice" has no attributes: use an object of strings, or {}.',
    ],
    [{ clients: [] }, 'There must be an app client.'],
    [{ clients: [FOREIGN, FOREIGN] }, 'There are two app clients named "foreign".'],
    [
      { clients: [without(FOREIGN, 'redirectUris')] },
      'The app client "foreign" has no redirectUris: use a list of strings, or [].',
    ],
    [
      { clients: [without(FOREIGN, 'idTokenSeconds')] },
      'The app client "foreign" has no idTokenSeconds: use a number of seconds.',
    ],
  ])('are refused in one sentence, and change nothing (%#)', async (seeds, message) => {
    const pool = await startPool();
    expect(() => pool.reseed({ users: [CAROL], ...seeds })).toThrow(message);
    expect((await signIn(pool, {}, CAROL)).code).toBe('');
    expect((await signIn(pool)).code).not.toBe('');
  });
});
