// `npm run --prefix tools/workshop images`: redraws the icons and the social image from public/icon.svg.
import { readFile, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../tests/support/browser';

const icon = (await readFile('public/icon.svg', 'utf8')).trim();
const browser = await launchBrowser();
try {
  await save('apple-icon.png', await draw(browser, square(180), 180, 180));
  await save('icon-192.png', await draw(browser, square(192), 192, 192));
  await save('icon-512.png', await draw(browser, square(512), 512, 512));
  await save('favicon.ico', asIco(await draw(browser, square(32), 32, 32), 32));
  await save('social.png', await draw(browser, socialImage(), 1200, 630));
} finally {
  await browser.close();
}

async function draw(browser: Browser, body: string, width: number, height: number) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${body}`);
  const image = await page.screenshot({ omitBackground: true });
  await page.close();
  return image;
}

function square(size: number): string {
  return icon.replace('<svg ', `<svg width="${size}" height="${size}" `);
}

/** Without words: it must fit a site of any name. Link previews show the name and the description below it. */
function socialImage(): string {
  return `<style>
    main { width: 1200px; height: 630px; background: #1b1f2c; display: grid; place-items: center }
  </style><main>${square(240)}</main>`;
}

/** An ICO file with one PNG in it: a header of 6 bytes, an entry of 16, the image. */
function asIco(png: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

async function save(name: string, bytes: Buffer): Promise<void> {
  await writeFile(`public/${name}`, bytes);
  console.log(`public/${name}  ${bytes.length} bytes`);
}
