/** Every page, in both themes and all widths: no accessibility violations, no console messages. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieName } from '../support/http';
import { inspectView } from '../support/inspect-view';
import { axeViolations } from '../support/page-problems';
import { type Stage, setStage } from '../support/stage';
import { VIEWS, viewsOfOtherPages } from '../support/views';
import { visit } from '../support/visit';
import { DOCUMENT } from '../support/visitor';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

/** One of each kind of page without the site's layout; the same functions render the others. */
const ALONE = ['sign-out', 'declined', 'first-deploy'];
const SEEN = VIEWS.filter(({ kind, name }) => kind === 'page' || ALONE.includes(name));
/** Titles of the inspected views, each with the places that have this title. */
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

test('no two pages share a title', () => {
  const shared = [...titles].filter(([, places]) => places.size > 1);
  expect(shared.map(([title, places]) => `${title}: ${[...places].join(', ')}`)).toEqual([]);
});

/** Which theme is chosen, what the system prefers, and on which view. */
const CHOSEN = [
  ['dark', 'light', 'landing-signed-in'],
  ['light', 'dark', 'landing-signed-in'],
  ['dark', 'light', 'flow-signed-in'], // demo
  ['dark', 'light', 'profile-alice'],
] as const;

test.each(CHOSEN)('a chosen %s theme wins over a %s system theme: %s', async (...row) => {
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

/** The theme cookie, as the site sets it over http. */
const cookie = (value: string) => ({
  name: cookieName(stage.site.origin, 'theme'),
  value,
  domain: 'localhost',
  path: '/',
  expires: -1,
  httpOnly: true,
  secure: false,
  sameSite: 'Lax' as const,
});

const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
