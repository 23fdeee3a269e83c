import { describe, expect, test } from 'vitest';
import { setUpAmplify } from './amplify/setup';
import { PUBLIC } from './served-pool';

const at = setUpAmplify();
const { press, shows, signIn } = at;

interface Claims {
  readonly id: Record<string, unknown>;
  readonly access: Record<string, unknown>;
}

async function claims(): Promise<Claims> {
  const { id, access } = Object(JSON.parse(await at.page.locator('#claims').innerText()));
  return { id: Object(id), access: Object(access) };
}

/** The statuses of Amplify's calls to the JSON API, which is at `/`, without preflight requests. */
function operations(): (number | null)[] {
  const all = at.served.pool.requests();
  return all.filter(({ path, method }) => path === '/' && method === 'POST').map((it) => it.status);
}

describe('Amplify in a browser', () => {
  test('signs alice in through the hosted UI, and has her claims', async () => {
    await signIn();
    const { id, access } = await claims();
    expect(id).toMatchObject({ email: 'alice@example.com', 'cognito:groups': ['admin'] });
    expect(access).toMatchObject({ username: 'alice', client_id: PUBLIC.clientId });
    expect(await at.page.locator('#user').innerText()).toBe(`alice ${id.sub}`);
    const events = await at.page.locator('#events').innerText();
    expect(events.split(' ')).toEqual(['customOAuthState', 'signInWithRedirect', 'signedIn']);
  });

  test('is still signed in when the page is opened again', async () => {
    await signIn();
    await at.page.goto(at.site.url);
    await shows(/^alice /);
  });

  test('signs out at the pool too: the next sign-in asks for the password', async () => {
    await signIn();
    await press('sign-out');
    await at.page.waitForURL(at.site.url);
    await shows('signed out');
    expect(operations()).toEqual([200]);
    const cookies = await at.context.cookies(at.served.origin);
    expect(cookies.map(({ name }) => name)).not.toContain('cognito');
    await press('sign-in');
    await at.page.locator('input[type="password"]:visible').first().waitFor();
  });

  test.each([
    ['keeps its refresh token', undefined],
    ['uses the new one if the app client rotates refresh tokens', { graceSeconds: 0 }],
  ])('refreshes through the API twice, and %s', async (_, rotation) => {
    if (rotation) at.served.pool.changeClient({ rotation });
    await signIn();
    const first = await claims();
    const seen = [first.access.jti];
    for (const calls of [1, 2]) {
      await press('refresh');
      await expect.poll(async () => (await claims()).access.jti).not.toBe(seen.at(-1));
      seen.push((await claims()).access.jti);
      expect(operations()).toEqual(Array(calls).fill(200));
    }
    const { id } = await claims();
    expect(id.sub).toBe(first.id.sub);
    expect(id.auth_time).toBe(first.id.auth_time);
    // As recorded from Cognito: ID tokens from the API have no at_hash, those from the token endpoint do.
    expect(first.id).toHaveProperty('at_hash');
    expect(id).not.toHaveProperty('at_hash');
  });

  test('notices a global sign-out at the next refresh', async () => {
    await signIn();
    at.served.pool.signOutGlobally('alice');
    await press('refresh');
    await shows('signed out');
    expect(operations()).toEqual([400]);
  });

  test('signs out globally, with the scope for it', async () => {
    await signIn();
    await press('sign-out-everywhere');
    await at.page.waitForURL(at.site.url);
    await shows('signed out');
    expect(operations()).toEqual([200]);
  });
});
