/** What a visitor sees of a page in a browser. */
import type { BrowserContext, Page } from 'playwright-core';
import { axeViolations, shapeProblems } from '@/tests/support/page-problems';
import { atWork } from '@/tests/support/person';

/** Compared between a build and `next dev`, so it has no addresses in it. */
export type Seen =
  | { readonly at: 'hosted UI' }
  | {
      readonly at: 'site';
      readonly status: number;
      readonly heading: string;
      /** What is missing, inaccessible, or reported by the browser. */
      readonly problems: readonly string[];
    };

/** The parts of the frame, by their roles. */
const FRAME = ['banner', 'navigation', 'main', 'contentinfo'] as const;
/** In CSS pixels: a phone, a screen, a width of 1280 at a zoom of 400 %, and the least space around the heading. */
const [PHONE, SCREEN, NARROW, MARGIN] = [390, 1440, 320, 12];

/**
 * Opens a page and looks at it.
 *
 * @param context the visitor's browser profile
 * @param site the origin of the site
 * @param path of the page
 */
export async function lookAt(context: BrowserContext, site: string, path: string): Promise<Seen> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  try {
    await page.setViewportSize({ width: PHONE, height: 900 });
    const answer = await page.goto(`${site}${path}`, { timeout: 60_000 });
    if (!page.url().startsWith(site)) return { at: 'hosted UI' };
    const status = answer?.status() ?? 0;
    if (status < 400) await atWork(page);
    problems.push(...(await frameProblems(page)), ...(await axeViolations(page)));
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: SCREEN, height: 900 });
    // Otherwise the colors would change smoothly.
    await page.reload({ timeout: 60_000 });
    if (status < 400) await atWork(page);
    problems.push(...(await axeViolations(page)));
    await page.setViewportSize({ width: NARROW, height: 900 });
    problems.push(...(await shapeProblems(page)));
    const heading = (await page.locator('h1').first().textContent()) ?? '';
    // The browser reports the status of the document itself as an error.
    const reported = problems.filter(
      (line) => !line.includes(`the server responded with a status`),
    );
    return { at: 'site', status, heading, problems: reported };
  } finally {
    await page.close();
  }
}

async function frameProblems(page: Page): Promise<string[]> {
  const counts = await Promise.all(FRAME.map((role) => page.getByRole(role).count()));
  const missing = FRAME.filter((_, at) => counts[at] !== 1).map((role) => `not one ${role}`);
  const box = await page.locator('h1').first().boundingBox();
  const inCorner = !box || box.x < MARGIN || box.y < MARGIN;
  return inCorner ? [...missing, 'the heading is in the corner'] : missing;
}
