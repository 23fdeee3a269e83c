/**
 * `npm run --prefix tools/workshop screenshots`: takes full-page pictures of every view, at both widths and in both themes,
 * into `test-results/screenshots`. `-- <words>` takes only the views whose names contain one of the words.
 * `-- --readme` takes the small pictures of the README, into `docs/images`. Needs a build (`npm run build`).
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setStage } from '../../../tests/support/stage';
import { VIEWS, type View } from '../../../tests/support/views';
import { endFault, visit, WIDTHS } from '../../../tests/support/visit';
import { progress } from '../../setup/progress.js';
import { README_VIEWS, takeForReadme } from '../support/readme-images';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const forReadme = process.argv.includes('--readme');
const folder = forReadme ? 'docs/images' : 'test-results/screenshots';

const names = forReadme ? README_VIEWS : VIEWS.map(({ name }) => name);
const views = VIEWS.filter(
  ({ name }) =>
    names.includes(name) && (words.length === 0 || words.some((word) => name.includes(word))),
);
// So that no picture is left of a view that has been renamed.
if (words.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const done = progress(`taking pictures of ${views.length} views`);
const stage = await setStage();
let count = 0;
try {
  for (const view of views) {
    const files = forReadme ? await takeForReadme(stage, view) : await takeAll(view);
    endFault(stage, view);
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
    count += files.length;
  }
} finally {
  await stage.close();
}
done(count > 0, `${count} in ${folder}`);
process.exitCode = count > 0 ? 0 : 1;

/** Opens the view once: the width and the theme change without a reload. */
async function takeAll(view: View): Promise<[string, Buffer][]> {
  return visit(stage, view, {}, async ({ page }) => {
    const taken: [string, Buffer][] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const name = `${view.name}-${width}-${colorScheme}.png`;
        taken.push([name, await page.screenshot({ fullPage: true, animations: 'disabled' })]);
      }
    }
    return taken;
  });
}
