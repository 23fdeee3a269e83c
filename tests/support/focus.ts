import type { Page } from 'playwright-core';

/** An element with keyboard focus. */
export interface Focused {
  /** The element's name for a failure message. */
  readonly what: string;
  readonly href: string | null;
  /** Whether its focus is visible: it has an outline with a width and a color. */
  readonly outlined: boolean;
  /** Whether all of it is visible: not covered, not off-screen. */
  readonly inSight: boolean;
  /** The size of the pointer target, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether it is a link in a sentence, which may be only as high as its line (WCAG 2.2, 2.5.8). */
  readonly inline: boolean;
}

/**
 * Presses Tab from the start of a page until the focus leaves it.
 *
 * @param page of the browser
 * @returns every element that got the focus, in order
 * @throws Error if the focus never leaves the page
 */
export async function tabThrough(page: Page): Promise<Focused[]> {
  const met: Focused[] = [];
  for (let presses = 0; presses < 300; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(describeFocus);
    if (focused === null) return met;
    met.push(focused);
  }
  throw new Error(`The focus is still in ${page.url()} after pressing Tab 300 times`);
}

/**
 * Presses Tab until an element has the focus.
 *
 * @param page of the browser
 * @param selector of the element
 * @throws Error if the focus never gets there
 */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 300; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((css) => document.activeElement?.matches(css) ?? false, selector)) {
      return;
    }
  }
  throw new Error(`Pressing Tab never focuses ${selector} in ${page.url()}`);
}

/** Runs in the page. */
function describeFocus(): Focused | null {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const hit = document.elementFromPoint(x, y);
  // Boxes may end at fractions of a pixel, but scrolling stops at whole pixels.
  const sides = [
    box.left > -1,
    box.right < innerWidth + 1,
    box.top > -1,
    box.bottom < innerHeight + 1,
  ];
  const text = element.textContent?.trim() ?? '';
  const sentence = element.parentElement?.textContent?.trim() ?? '';
  return {
    what: `<${element.localName}> ${element.getAttribute('aria-label') ?? text.slice(0, 30)}`,
    href: element.getAttribute('href'),
    outlined:
      style.outlineStyle !== 'none' &&
      Number.parseFloat(style.outlineWidth) > 0 &&
      !/^rgba\(.*, 0\)$/.test(style.outlineColor),
    inSight:
      (sides.every(Boolean) || box.width > innerWidth || box.height > innerHeight) &&
      (hit === null || element.contains(hit) || hit.contains(element)),
    width: box.width,
    height: box.height,
    inline: style.display === 'inline' && element.localName === 'a' && sentence !== text,
  };
}
