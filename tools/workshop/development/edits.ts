import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../../tests/support/browser';
import { send } from '../../../tests/support/http';

/** An edit of a file, and how to see that it has arrived. */
interface Edit {
  readonly what: string;
  readonly file: string;
  /** A text that the file has once, and what replaces it for a mark. */
  readonly from: string;
  readonly to: (mark: string) => string;
  readonly isVisible: (mark: string, page: Page, origin: string) => Promise<boolean>;
}

const EDITS: readonly Edit[] = [
  {
    what: 'an edit of a page’s text, until the open page shows it',
    file: 'app/privacy/page.tsx',
    from: '<h1>',
    to: (mark) => `<h1>${mark} `,
    isVisible: async (mark, page) => (await page.textContent('h1'))?.includes(mark) ?? false,
  },
  {
    what: 'an edit of a style sheet, until the open page has it',
    file: 'app/globals.css',
    from: 'color-scheme: light dark;',
    to: (mark) => `color-scheme: light dark;\n    --edit: ${mark};`,
    isVisible: async (mark, page) =>
      (await page.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue('--edit'),
      )) === mark,
  },
  {
    what: 'an edit in lib/cognito, until the middleware responds with it',
    file: 'lib/cognito/responses/security-headers.ts',
    from: "'strict-origin-when-cross-origin'",
    to: (mark) => `'strict-origin-when-cross-origin, ${mark}'`,
    async isVisible(mark, _, origin) {
      const { headers } = await send(`${origin}/privacy`);
      return headers.get('referrer-policy')?.includes(mark) ?? false;
    },
  },
];

const PATIENCE = 60_000;

/**
 * Edits files of a site that `npm run dev` serves, and undoes each edit.
 *
 * @param folder of the site: a copy of the project
 * @param origin of the site
 * @param times how often to make each edit
 * @returns the seconds until its effect, by edit
 */
export async function measureEdits(
  folder: string,
  origin: string,
  times: number,
): Promise<[what: string, seconds: number[]][]> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`${origin}/privacy`, { waitUntil: 'networkidle' });
    const found: [string, number[]][] = EDITS.map(({ what }) => [what, []]);
    for (let n = 0; n < times; n++) {
      for (const [index, edit] of EDITS.entries()) {
        found[index]?.[1].push(await secondsUntil(edit, `edit${n}`, folder, page, origin));
      }
    }
    return found;
  } finally {
    await browser.close();
  }
}

async function secondsUntil(
  { what, file, from, to, isVisible }: Edit,
  mark: string,
  folder: string,
  page: Page,
  origin: string,
): Promise<number> {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  if (before.split(from).length !== 2) throw new Error(`${file} should contain ${from} once.`);
  const began = performance.now();
  writeFileSync(path, before.replace(from, to(mark)));
  const seen = await until(() => isVisible(mark, page, origin));
  const seconds = (performance.now() - began) / 1000;
  writeFileSync(path, before);
  if (!seen) throw new Error(`Not seen within a minute: ${what}.`);
  await until(async () => !(await isVisible(mark, page, origin)));
  return seconds;
}

async function until(test: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    // While Next replaces the page, a look at it may fail.
    if (await test().catch(() => false)) return true;
    await wait(10);
  }
  return false;
}
