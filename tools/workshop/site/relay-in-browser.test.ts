/** Two deployments of the built site and one registered redirect URI, in a real browser. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '@/tests/support/browser';
import { pressSignOut } from '@/tests/support/person';
import { freePort, type RunningSite, startServer, startSite } from '@/tests/support/site';

let browser: Browser;
let production: RunningSite;
let preview: Awaited<ReturnType<typeof startServer>>;
let origin = '';
beforeAll(async () => {
  const port = await freePort();
  // Another host name, because cookies are shared between ports.
  origin = `http://127.0.0.1:${port}`;
  const relay = {
    PREVIEW_RELAY_SECRET: 'tests-only:relay:Ol5Pk2Mj9Nh6Bg3Vf0Cd7Xs4',
    PREVIEW_RELAY_HOSTS: `127.0.0.1:${port}`,
  };
  [browser, production] = await Promise.all([launchBrowser(), startSite({ env: relay })]);
  preview = await startServer(port, {
    ...production.environment,
    ...relay,
    PREVIEW_ORIGIN: origin,
    SESSION_SECRET: 'tests-only:preview:Zx1Cv8Bn5Mq2We9Rt6Yu3',
  });
});
afterAll(() => Promise.all([browser?.close(), production?.close(), preview?.close()]));

test('a user signs in on a preview, and is signed in only there', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/profile?from=a%20link`);
  await page.locator('input[name="username"]:visible').first().fill('alice');
  await page.locator('input[name="password"]:visible').first().fill('Alice-password-1');
  await page.locator('[name="signInSubmitButton"]:visible').first().click();
  await page.waitForURL(`${origin}/profile?from=a%20link`);
  expect(await page.locator('h1').textContent()).toBe('Alice Archer');
  const cookies = await context.cookies(production.origin);
  expect(cookies.filter(({ domain }) => domain === 'localhost')).toEqual([]);
  // Signing out ends on production's front page, because only its sign-out URL is registered.
  await pressSignOut(page);
  await page.waitForURL(`${production.origin}/`);
  await context.close();
});
