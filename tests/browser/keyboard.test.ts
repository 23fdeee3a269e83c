/** The pages with only a keyboard, with forced colors, and at a zoom of 200 %. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Focused, tabThrough, tabTo } from '../support/focus';
import { shapeProblems } from '../support/page-problems';
import { type Stage, setStage } from '../support/stage';
import { VIEWS } from '../support/views';
import { endFault, type Visit, visit } from '../support/visit';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

/** One state of each page; the other states differ only in their text. */
const NAMES = [
  'landing-signed-out',
  'flow-signed-in', // demo
  'profile-alice',
  'session-ending',
  'admin-alice',
  'admin-bob',
  'not-found',
  'sign-out',
  'declined',
  'first-deploy',
  'pool-sign-in',
];
const views = VIEWS.filter(({ name }) => NAMES.includes(name));
/** The pages in the navigation. */
const WALK = [
  '/flow', // demo
  '/profile',
  '/admin',
];
/** WCAG 2.2, 2.5.8: in CSS pixels. */
const TARGET = 24;

test('a visitor with only a keyboard signs in, opens each page, and signs out', async () => {
  const context = await stage.seat('nobody');
  const page = await context.newPage();
  await page.goto('/');
  await follow(page, 'a[href^="/login"]');
  await page.waitForURL((url) => url.origin === stage.site.environment.COGNITO_DOMAIN);
  await tabTo(page, 'input[name="username"]');
  await page.keyboard.type('alice');
  await tabTo(page, 'input[name="password"]');
  await page.keyboard.type('Alice-password-1');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.origin === stage.site.origin && url.pathname === '/');
  for (const path of WALK) {
    await follow(page, `header a[href="${path}"]`);
    await page.waitForURL(path);
    // On a page that has just loaded, Tab goes to the skip link first.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
    await page.goto(path);
  }
  await follow(page, 'header button[popovertarget]');
  await follow(page, 'header form[action="/logout"] button');
  await page.waitForURL('/');
  await page.goto('/profile');
  expect(new URL(page.url()).origin).toBe(stage.site.environment.COGNITO_DOMAIN);
  await context.close();
});

async function follow(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
}

/** A phone and a desktop. */
const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];
/** The viewport of a window of 640 by 800 pixels at a zoom of 200 %. */
const ZOOMED = { width: 320, height: 400 };

test.each(views)('focus is visible and targets are large enough: $name', async (view) => {
  const problems = await visit(stage, view, {}, inspect).finally(() => endFault(stage, view));
  expect(problems).toEqual([]);
});

async function inspect(seen: Visit): Promise<string[]> {
  const { page } = seen;
  const problems: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const found = (await tabThrough(page)).flatMap(problemsOf);
    problems.push(...found.map((problem) => `${size.width}: ${problem}`));
  }
  await page.emulateMedia({ forcedColors: 'active' });
  problems.push(...(await borderless(page)).map((name) => `forced colors: ${name} has no border`));
  await page.emulateMedia({ forcedColors: 'none' });
  await page.setViewportSize(ZOOMED);
  problems.push(...(await shapeProblems(page)).map((problem) => `200 %: ${problem}`));
  return problems;
}

function problemsOf({ what, outlined, inSight, width, height, inline }: Focused): string[] {
  return [
    ...(outlined ? [] : [`${what} has no focus outline`]),
    ...(inSight ? [] : [`${what} is hidden or off-screen when focused`]),
    ...(inline || Math.min(width, height) >= TARGET
      ? []
      : [`${what} is only ${Math.round(width)} by ${Math.round(height)} pixels`]),
  ];
}

/** Forced colors remove backgrounds: without a border, a button would look like plain text. */
async function borderless(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, .button, input[type="submit"]')]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(element);
        const none = borderTopStyle === 'none' || Number.parseFloat(borderTopWidth) === 0;
        return none || /^rgba\(.*, 0\)$/.test(borderTopColor);
      })
      .map((element) => `${element.textContent?.trim() || element.getAttribute('aria-label')}`),
  );
}
