/** Every view, at both widths and in both themes: nothing that keeps people out, and nothing said. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeViolations } from '../support/axe';
import { layoutShift, shapeProblems, tabMeetsSkipLink } from '../support/shape';
import { type Stage, setStage } from '../support/stage';
import { VIEWS, type View } from '../support/views';
import { mend, type Visit, visit, WIDTHS } from '../support/visit';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

const THEMES = ['light', 'dark'] as const;
/** A phone of 320 pixels; and what is left of 1280 at a zoom of 400 % (WCAG 2.2, 1.4.10). */
const NARROW = 320;
/** Titles of the views that were looked at, each with the places that have it. */
const titles = new Map<string, Set<string>>();

test.each(VIEWS)('$name', async (view) => {
  const [narrow, wide] = WIDTHS;
  const found = await visit(stage, view, sized(narrow), inspect);
  // Scripts may move things, and they may do it in one width only. The others have none.
  if (view.kind === 'page') found.push(...(await visit(stage, view, sized(wide), load)));
  mend(stage, view);
  expect(found).toEqual([]);
});

const sized = (width: number) => ({ viewport: { width, height: 900 } });

/** Everything that is wrong in all sizes and colours, so that one run tells it all. */
async function inspect(seen: Visit): Promise<string[]> {
  const { page, view } = seen;
  const problems = await load(seen);
  const met = new Map<string, string[]>();
  const note = (where: string, found: string[]) => {
    for (const problem of found) met.set(problem, [...(met.get(problem) ?? []), where]);
  };
  for (const width of [...WIDTHS, NARROW]) {
    await page.setViewportSize({ width, height: 900 });
    note(`${width}`, await shapeProblems(page));
    for (const colorScheme of width === NARROW ? [] : THEMES) {
      await page.emulateMedia({ colorScheme });
      note(`${width} ${colorScheme}`, await axeViolations(page));
    }
  }
  problems.push(...[...met].map(([problem, where]) => `${problem} (${where.join(', ')})`));
  if (view.kind === 'page' && !view.replaces && !(await tabMeetsSkipLink(page))) {
    problems.push('the first thing that Tab meets is no link to the content');
  }
  const places = titles.get(await page.title()) ?? new Set();
  titles.set(await page.title(), places.add(`${new URL(page.url()).pathname} ${view.status}`));
  return problems;
}

/**
 * What is wrong with how it comes. A document that arrives in pieces may be painted in pieces, on a
 * busy machine: what moves is looked at a second time, and is the page's doing if it moves again.
 */
async function load({ page, complaints, view }: Visit): Promise<string[]> {
  const problems = (await complaints()).filter((line) => !isExpected(line, view));
  if (view.replaces || (await layoutShift(page)).sum === 0) return problems;
  const { width = 0 } = page.viewportSize() ?? {};
  const { sum, moved } = await visit(stage, view, sized(width), (seen) => layoutShift(seen.page));
  if (sum > 0) problems.push(`at ${width} the layout moves by ${sum}: ${moved.join(', ')}`);
  return problems;
}

/** React's own line for an error on the server, which it tells everybody by number only. */
function isExpected(line: string, view: View): boolean {
  return view.status === 500 && /Minified React error #441;/.test(line);
}

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
  const chosen = { colorScheme, storageState: { cookies: [cookie(theme)], origins: [] } };
  const found = await visit(stage, view, chosen, async ({ page }) => [
    await ground(page),
    ...(await axeViolations(page)),
  ]);
  const { light, dark } = await visit(stage, view, { colorScheme: 'light' }, async ({ page }) => {
    const light = await ground(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    return { light, dark: await ground(page) };
  });
  expect(light).not.toBe(dark);
  expect(found).toEqual([{ light, dark }[theme]]);
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
