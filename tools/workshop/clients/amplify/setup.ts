import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { ServedPool } from '@/lib/local-pool/src/serve';
import { launchBrowser } from '../../../../tests/support/browser';
import { ALICE } from '../hosted-ui';
import { PUBLIC, servePool } from '../served-pool';
import { type AmplifySite, serveAmplifySite } from './site';

/** A browser with the site and the pool of the current test. */
export interface AmplifySetup {
  readonly site: AmplifySite;
  readonly served: ServedPool;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Waits until the page shows a user, or `signed out`. */
  shows(text: string | RegExp): Promise<void>;
  /** Presses a button of the page. */
  press(id: string): Promise<void>;
  /** Opens the site, presses its sign-in button, and signs alice in on the pool's page. */
  signIn(): Promise<void>;
}

/**
 * Opens one browser and one site for a file of tests, and a pool and a page for each test.
 *
 * @returns the setup, whose members only exist while a test runs
 */
export function setUpAmplify(): AmplifySetup {
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

  const shows = (text: string | RegExp) =>
    page.locator('#user').filter({ hasText: text }).waitFor();
  const press = (id: string) => page.locator(`#${id}`).click();

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

  return {
    get site() {
      return site;
    },
    get served() {
      return served;
    },
    get context() {
      return context;
    },
    get page() {
      return page;
    },
    shows,
    press,
    signIn,
  };
}
