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
