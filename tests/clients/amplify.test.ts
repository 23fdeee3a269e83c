import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServedPool } from '@/lib/local-pool/serve';
import { launchBrowser } from '../support/browser';
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
  // Amplify always writes https:// before the domain. The API is on the issuer's host, as at AWS.
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
  // Trust in the pool's certificate, which for a browser is not in the environment.
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

/** Opens the site, presses its button, and fills in the pool's page. */
async function signIn(): Promise<void> {
  await page.goto(site.url);
  await shows('nobody');
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

describe('Amplify, in a browser', () => {
  test('signs alice in through the hosted UI, and knows her', async () => {
    await signIn();
    const { id, access } = await claims();
    expect(id).toMatchObject({ email: 'alice@example.com', 'cognito:groups': ['admin'] });
    expect(access).toMatchObject({ username: 'alice', client_id: PUBLIC.clientId });
    expect(await user().innerText()).toBe(`alice ${id.sub}`);
    const events = await page.locator('#events').innerText();
    expect(events.split(' ')).toEqual(['customOAuthState', 'signInWithRedirect', 'signedIn']);
  });

  test('is signed in still after the page was opened again', async () => {
    await signIn();
    await page.goto(site.url);
    await shows(/^alice /);
  });

  test('signs out at the pool too: the next sign-in asks for the password', async () => {
    await signIn();
    await press('sign-out');
    await page.waitForURL(site.url);
    await shows('nobody');
    const cookies = await context.cookies(served.origin);
    expect(cookies.map(({ name }) => name)).not.toContain('cognito');
    await press('sign-in');
    await page.locator('input[type="password"]:visible').first().waitFor();
  });
});
