import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** WCAG 2.0 to 2.2, A and AA, and what axe's authors hold good beyond it. */
const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Off unless it is asked for.
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
  elementRef: false,
};

/**
 * Looks for what keeps people out of a page, as it is at this moment.
 *
 * @param page of the browser; its policy needs no exception, a debugger may evaluate anything
 * @returns a sentence for each violation: the rule, what it says, and where
 */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const results: AxeResults = await page.evaluate(
    (options) => Reflect.get(window, 'axe').run(document, options),
    OPTIONS,
  );
  // A page in which axe has found nothing to judge would pass as well.
  if (results.passes.length < 5) throw new Error(`axe has judged nothing at ${page.url()}`);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const summary = failureSummary?.split('\n').slice(1).join(' ').replace(/\s+/g, ' ').trim();
      return `${id}: ${target.join(' ')}: ${summary}`;
    }),
  );
}
