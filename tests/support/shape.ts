import type { Page } from 'playwright-core';

/**
 * Looks for problems with a page's structure and layout, whatever its content.
 *
 * @param page of the browser
 * @returns a sentence for each problem
 */
export async function shapeProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const count = (selector: string) =>
      [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility())
        .length;
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
  });
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
