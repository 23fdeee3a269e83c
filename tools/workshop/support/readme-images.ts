import type { Stage } from '../../../tests/support/stage';
import type { View } from '../../../tests/support/views';
import { visit } from '../../../tests/support/visit';

/** The views that the README shows. */
export const README_VIEWS: readonly string[] = [
  'landing-signed-in', // demo
];

/** With the scale factor below, a README's column at two device pixels each; the height fits on a screen. */
const FRAME = { width: 1200, height: 750 };
/** WebP quality from 0 to 1. With this value, text is still sharp, and an image has about 40 kB. */
const QUALITY = 0.8;

/**
 * Takes the images of a view for the README: the top of the page, light and dark, as WebP. The browser encodes
 * them, so that nothing else needs to be installed.
 *
 * @param stage from `setStage`
 * @param view which
 * @returns name and bytes of each
 */
export async function takeForReadme(stage: Stage, view: View): Promise<[string, Buffer][]> {
  const options = { viewport: FRAME, deviceScaleFactor: 1.5 };
  return visit(stage, view, options, async ({ page }) => {
    const taken: [string, Buffer][] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const png = await page.screenshot({ animations: 'disabled' });
      taken.push([`${view.name}-${colorScheme}.webp`, await toWebp(stage, png)]);
    }
    return taken;
  });
}

async function toWebp(stage: Stage, png: Buffer): Promise<Buffer> {
  const page = await stage.browser.newPage();
  try {
    const encoded = await page.evaluate(
      async ([source, quality]) => {
        const bitmap = await createImageBitmap(await (await fetch(source)).blob());
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
        const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
        return [...new Uint8Array(await blob.arrayBuffer())];
      },
      [`data:image/png;base64,${png.toString('base64')}`, QUALITY] as const,
    );
    return Buffer.from(encoded);
  } finally {
    await page.close();
  }
}
