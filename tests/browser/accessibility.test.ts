/** Every page, in both themes and all widths: nothing that keeps people out, and nothing said. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeViolations } from '../support/axe';
import { inspectView } from '../support/inspect-view';
import { type Stage, setStage } from '../support/stage';
import { VIEWS, viewsOfOtherPages } from '../support/views';
import { visit } from '../support/visit';
import { DOCUMENT } from '../support/visitor';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

/** One of each kind of those that stand alone; the others are made by the same functions. */
const ALONE = ['sign-out', 'declined', 'first-deploy'];
const SEEN = VIEWS.filter(({ kind, name }) => kind === 'page' || ALONE.includes(name));
/** Titles of the views that were looked at, each with the places that have it. */
const titles = new Map<string, Set<string>>();

test.each(SEEN)('$name', async (view) => {
  const { problems, title, place } = await inspectView(stage, view);
  titles.set(title, (titles.get(title) ?? new Set()).add(place));
  expect(problems).toEqual([]);
});

test.each(await viewsOfOtherPages())('$name, if alice may see it', async (view) => {
  const context = await stage.seat('alice');
  const answer = await context.request.get(view.name, { headers: DOCUMENT, maxRedirects: 0 });
  await context.close();
  if (answer.status() !== view.status) return;
  expect((await inspectView(stage, view)).problems).toEqual([]);
});

test('every title says where one is: no two places share one', () => {
  const shared = [...titles].filter(([, places]) => places.size > 1);
  expect(shared.map(([title, places]) => `${title}: ${[...places].join(', ')}`)).toEqual([]);
});

/** Where the choice of colours is looked at; the front page in both. */
const CHOSEN = [
  ['dark', 'light', 'landing-signed-in'],
  ['light', 'dark', 'landing-signed-in'],
  ['dark', 'light', 'flow-signed-in'], // demo
  ['dark', 'light', 'profile-alice'],
] as const;

test.each(CHOSEN)('who has chosen %s while the system is %s has it: %s', async (...row) => {
  const [theme, colorScheme, name] = row;
  const view = VIEWS.find((each) => each.name === name);
  if (!view) throw new Error(`There is no view ${name}.`);
  await visit(stage, view, { colorScheme: 'light' }, async ({ page }) => {
    const light = await ground(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ground(page);
    expect(light).not.toBe(dark);
    await page.context().addCookies([cookie(theme)]);
    await page.emulateMedia({ colorScheme });
    await page.reload();
    expect([await ground(page), ...(await axeViolations(page))]).toEqual([{ light, dark }[theme]]);
  });
});

/** The cookie of the switch, as the site sets it on http. */
const cookie = (value: string) => ({
  name: 'theme',
  value,
  domain: 'localhost',
  path: '/',
  expires: -1,
  httpOnly: true,
  secure: false,
  sameSite: 'Lax' as const,
});

const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
