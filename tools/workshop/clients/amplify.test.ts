import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServedPool } from '@/lib/local-pool/src/serve';
import { launchBrowser } from '../../../tests/support/browser';
import { type AmplifySite, serveAmplifySite } from './amplify/site';
import { ALICE } from './hosted-ui';
import { PUBLIC, servePool } from './served-pool';

let browser: Browser;
let site: AmplifySite;
let context: BrowserContext;
let page: Page;
let served: ServedPool;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), serveAmplifySite()]);
}, 60_000);

afterAll(async () => {
  await Promise.all([browser?.close(), site?.close()]);
});

beforeEach(async () => {
  const urls = { redirectUris: [site.url], logoutUris: [site.url] };
  // Amplify always puts https:// before the domain. The API is on the issuer's host, as in AWS.
  served = await servePool({ clients: [{ ...PUBLIC, ...urls }], ownIssuerOrigin: true });
  const { domain, issuer, userPoolId } = served.pool.settings;
  site.configure({
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId: PUBLIC.clientId,
        userPoolEndpoint: new URL(issuer).origin,
        loginWith: {
          oauth: {
            domain: new URL(domain).host,
            scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
            redirectSignIn: [site.url],
            redirectSignOut: [site.url],
            responseType: 'code',
          },
        },
      },
    },
  });
  // The browser doesn't read NODE_EXTRA_CA_CERTS, so it must be set to accept the pool's certificate.
  context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-US' });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
});

afterEach(async () => {
  await context?.close();
});

const user = () => page.locator('#user');
const press = (id: string) => page.locator(`#${id}`).click();
const shows = (text: string | RegExp) => user().filter({ hasText: text }).waitFor();

/** Opens the site, presses its sign-in button, and fills in the form of the pool. */
async function signIn(): Promise<void> {
  await page.goto(site.url);
  await shows('signed out');
  await press('sign-in');
  await page.locator('input[name="username"]:visible').first().fill(ALICE.username);
  await page.locator('input[type="password"]:visible').first().fill(ALICE.password);
  await page.locator('input[type="password"]:visible').first().press('Enter');
  await page.waitForURL((url) => url.origin === new URL(site.url).origin);
  await shows(/^alice /);
}

interface Claims {
  readonly id: Record<string, unknown>;
  readonly access: Record<string, unknown>;
}

async function claims(): Promise<Claims> {
  const { id, access } = Object(JSON.parse(await page.locator('#claims').innerText()));
  return { id: Object(id), access: Object(access) };
}

/** The statuses of Amplify's calls to the JSON API, which is at `/`, without preflight requests. */
function operations(): (number | null)[] {
  const all = served.pool.requests();
  return all.filter(({ path, method }) => path === '/' && method === 'POST').map((it) => it.status);
}

describe('Amplify in a browser', () => {
  test('signs alice in through the hosted UI, and has her claims', async () => {
    await signIn();
    const { id, access } = await claims();
    expect(id).toMatchObject({ email: 'alice@example.com', 'cognito:groups': ['admin'] });
    expect(access).toMatchObject({ username: 'alice', client_id: PUBLIC.clientId });
    expect(await user().innerText()).toBe(`alice ${id.sub}`);
    const events = await page.locator('#events').innerText();
    expect(events.split(' ')).toEqual(['customOAuthState', 'signInWithRedirect', 'signedIn']);
  });

  test('is still signed in when the page is opened again', async () => {
    await signIn();
    await page.goto(site.url);
    await shows(/^alice /);
  });

  test('signs out at the pool too: the next sign-in asks for the password', async () => {
    await signIn();
    await press('sign-out');
    await page.waitForURL(site.url);
    await shows('signed out');
    expect(operations()).toEqual([200]);
    const cookies = await context.cookies(served.origin);
    expect(cookies.map(({ name }) => name)).not.toContain('cognito');
    await press('sign-in');
    await page.locator('input[type="password"]:visible').first().waitFor();
  });

  test.each([
    ['keeps its refresh token', undefined],
    ['uses the new one if the app client rotates refresh tokens', { graceSeconds: 0 }],
  ])('refreshes through the API twice, and %s', async (_, rotation) => {
    if (rotation) served.pool.changeClient({ rotation });
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
    served.pool.signOutGlobally('alice');
    await press('refresh');
    await shows('signed out');
    expect(operations()).toEqual([400]);
  });

  test('signs out globally, with the scope for it', async () => {
    await signIn();
    await press('sign-out-everywhere');
    await page.waitForURL(site.url);
    await shows('signed out');
    expect(operations()).toEqual([200]);
  });
});
