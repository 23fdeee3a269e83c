import type { Page } from 'playwright-core';

/** Something that has the keyboard's focus. */
export interface Focused {
  /** For a failure message. */
  readonly what: string;
  readonly href: string | null;
  /** Whether one sees that it has the focus: an outline of some width, in a colour that shows. */
  readonly outlined: boolean;
  /** Whether all of it is in sight: not under something, not beside the screen. */
  readonly inSight: boolean;
  /** The size of what a finger or a pointer can hit, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** A link within a sentence, which WCAG 2.2 lets be as high as its line (2.5.8, Inline). */
  readonly inline: boolean;
}

/**
 * Goes through a page by Tab alone, from its start until the focus leaves it.
 *
 * @param page of the browser
 * @returns everything that can have the focus, in order
 * @throws Error if the focus is caught somewhere
 */
export async function tabThrough(page: Page): Promise<Focused[]> {
  const met: Focused[] = [];
  for (let presses = 0; presses < 300; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(describeFocus);
    if (focused === null) return met;
    met.push(focused);
  }
  throw new Error(`After 300 times Tab the focus is still in ${page.url()}`);
}

/**
 * Presses Tab until the focus is on something.
 *
 * @param page of the browser
 * @param selector of what is looked for
 * @throws Error if Tab never gets there
 */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 300; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((css) => document.activeElement?.matches(css) ?? false, selector)) {
      return;
    }
  }
  throw new Error(`Tab does not get to ${selector} in ${page.url()}`);
}

/** Runs in the page. */
function describeFocus(): Focused | null {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const hit = document.elementFromPoint(x, y);
  // Scrolling stops at whole pixels, boxes do not.
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
