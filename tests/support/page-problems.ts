import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** WCAG 2.0 to 2.2, levels A and AA, and axe's best practices. */
const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // This rule is off by default.
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
  elementRef: false,
};

/**
 * Looks for accessibility violations in a page as it is now.
 *
 * @param page of the browser; needs no exception in its Content-Security-Policy, because Playwright
 *   evaluates the script through the debugger
 * @returns a sentence for each violation: the rule, where, and axe's summary
 */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const results: AxeResults = await page.evaluate(
    (options) => Reflect.get(window, 'axe').run(document, options),
    OPTIONS,
  );
  // Without this, a page in which axe finds nothing to check would pass.
  if (results.passes.length < 5) throw new Error(`axe found nothing to check at ${page.url()}`);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const summary = failureSummary?.split('\n').slice(1).join(' ').replace(/\s+/g, ' ').trim();
      return `${id}: ${target.join(' ')}: ${summary}`;
    }),
  );
}

/**
 * Looks for problems with a page's structure and layout, whatever its content.
 *
 * @param page of the browser
 * @returns a sentence for each problem
 */
export async function shapeProblems(page: Page): Promise<string[]> {
  return page.evaluate(problemsOfShape);
}

/** What `shapeProblems` runs in the page. It uses nothing from outside itself. */
export function problemsOfShape(): string[] {
  const count = (selector: string) =>
    [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).length;
  const problems: string[] = [];
  const expectOne = (what: string, selector: string) => {
    const found = count(selector);
    if (found !== 1) problems.push(`there are ${found} ${what} instead of one`);
  };
  expectOne('level-1 headings', 'h1, [role=heading][aria-level="1"]');
  expectOne('main landmarks', 'main, [role=main]');
  if (document.title.trim() === '') problems.push('the page has no title');
  if (document.documentElement.lang === '') problems.push('<html> has no lang attribute');
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) {
    const wide = [...document.querySelectorAll('body *')].find(
      (element) => element.getBoundingClientRect().right > clientWidth + 0.5,
    );
    const where = wide ? `<${wide.localName} class="${wide.getAttribute('class') ?? ''}">` : '';
    problems.push(`the page is ${scrollWidth - clientWidth} pixels too wide: ${where}`);
  }
  return problems;
}

/**
 * Measures how much the layout has shifted since the page was opened.
 *
 * @param page of the browser
 * @returns the sum of all shifts, and the elements that moved (https://web.dev/articles/cls)
 */
export async function layoutShift(page: Page): Promise<{ sum: number; moved: string[] }> {
  return page.evaluate(
    () =>
      new Promise<{ sum: number; moved: string[] }>((resolve) => {
        const entries: PerformanceEntry[] = [];
        const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        // Buffered entries are delivered in the next task, before the second frame.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            entries.push(...observer.takeRecords());
            observer.disconnect();
            // Use no named functions here: esbuild adds a helper to them that the page doesn't have.
            resolve({
              sum: entries.reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0),
              moved: entries
                .flatMap((entry) => Reflect.get(entry, 'sources') ?? [])
                .flatMap(({ node }) => (node instanceof Element ? [node] : []))
                .map(({ localName, className }) => `<${localName} class="${className}">`),
            });
          }),
        );
      }),
  );
}

/**
 * Presses Tab once on a page that was just opened.
 *
 * @param page of the browser
 * @returns whether the focus is on a link to the main content
 */
export async function tabMeetsSkipLink(page: Page): Promise<boolean> {
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const link = document.activeElement;
    if (!(link instanceof HTMLAnchorElement)) return false;
    const target = link.hash.length > 1 ? document.querySelector(link.hash) : null;
    return target?.closest('main') !== null && target !== null;
  });
}

/**
 * Looks for buttons and links of the navigation that a person can't read at a glance: with more than two
 * lines, or with a word that is broken inside. `overflow-wrap: anywhere` breaks words instead of making the
 * page too wide, so no other check notices. Runs in the page.
 *
 * @returns a sentence for each problem
 */
export function controlProblems(): string[] {
  const problems: string[] = [];
  const controls = 'button, [role="button"], .button, header a, footer a';
  for (const control of document.querySelectorAll(controls)) {
    const lines = new Set<number>();
    const walker = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
      const box = text.parentElement?.getBoundingClientRect();
      // A text for screen readers only is one pixel wide.
      if (!box || box.width <= 1 || box.height <= 1) continue;
      for (const { 0: word, index } of (text.textContent ?? '').matchAll(/[^\s/–-]+/g)) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
        const tops = new Set(boxes.map(({ top }) => Math.round(top)));
        if (tops.size > 1) problems.push(`the word “${word}” of a control is broken`);
        for (const top of tops) lines.add(top);
      }
    }
    if (lines.size > 2) {
      problems.push(`the control “${control.textContent?.trim()}” has ${lines.size} lines`);
    }
  }
  return problems;
}
