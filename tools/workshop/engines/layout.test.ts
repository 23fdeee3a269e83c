/** Pages in other engines, by measurement: nothing is cut off, laid over something else, or broken. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlProblems, problemsOfShape } from '../../../tests/support/page-problems';
import { type RunningSite, startSite } from '../../../tests/support/site';
import type { Engine, Profile } from './engine';
import { installedEngines } from './engines';
import { signIn } from './person';

const PATHS = ['/', '/profile', '/account', '/notes', '/admin', '/logout'];

let site: RunningSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());

describe.each(installedEngines())('in %s', (_, start) => {
  let engine: Engine;
  let profile: Profile;
  beforeAll(async () => {
    engine = await start();
    profile = await engine.newProfile();
    await signIn(profile.tab, site);
  });
  afterAll(async () => {
    await profile?.close();
    await engine?.close();
  });

  test.each(PATHS)('%s fits a phone and a desktop', async (path) => {
    for (const width of [Math.max(engine.narrowest, 320), 1440]) {
      await profile.tab.resize(width);
      await profile.tab.open(`${site.origin}${path}`);
      const measured = [problemsOfShape, controlProblems, overlaps].map(
        (measure) => `...(${measure})()`,
      );
      const problems = await profile.tab.ask(`[${measured.join()}].join('; ')`);
      expect([width, problems]).toEqual([width, '']);
    }
    expect(await profile.complaints()).toEqual([]);
  });
});

/**
 * Looks for buttons, links and headings that lie over one another. Runs in the page.
 *
 * @returns a sentence for each pair
 */
function overlaps(): string[] {
  const problems: string[] = [];
  const boxes = [
    ...document.querySelectorAll('main, header a, header button, footer p, h1, h2, .button'),
  ]
    .filter((one) => one.checkVisibility() && !one.closest('[popover]'))
    .filter((one) => getComputedStyle(one).position !== 'absolute')
    .map((one) => ({ one, box: one.getBoundingClientRect() }));
  for (const [index, { one, box }] of boxes.entries()) {
    for (const { one: other, box: next } of boxes.slice(index + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const across = Math.min(box.right, next.right) - Math.max(box.left, next.left);
      const down = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
      if (across > 1 && down > 1) {
        problems.push(
          `“${one.textContent?.slice(0, 20)}” covers “${other.textContent?.slice(0, 20)}”`,
        );
      }
    }
  }
  return problems;
}
