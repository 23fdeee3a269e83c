/**
 * `npm run --prefix tools/workshop budgets:bare`: measures what Next alone loads, in a browser and for each form of the
 * middleware. It builds an app that has only a layout, a page and a middleware that does nothing, and opens it in
 * a browser. Then it builds the app again with the middleware as a proxy. It writes the bytes and Next's version into
 * `tools/workshop/support/bare-next.json`; the budgets are set relative to them. Run it for each new version of Next.
 */
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import { launchBrowser } from '../../../tests/support/browser';
import { freePort, startServer } from '../../../tests/support/site';
import { run, stopOnSignals } from '../../setup/child.js';
import { progress } from '../../setup/progress.js';
import type { Form } from '../../setup/proxy/form';
import {
  BARE_FILE,
  type BareNext,
  bytesOf,
  installedNext,
  middlewareBytes,
} from '../support/weights';

stopOnSignals({ grace: 1000 });
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'bare-next-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
writeApp();
await build('middleware');
const bytes = await weigh();
const middleware = middlewareBytes(folder);
renameSync(join(folder, 'middleware.js'), join(folder, 'proxy.js'));
await build('proxy');
const proxy = middlewareBytes(folder);
const bare: BareNext = { next: installedNext(), ...bytes, middleware, proxy };
writeFileSync(BARE_FILE, `${JSON.stringify(bare, null, 2)}\n`);
console.log(`\nNext ${bare.next} alone loads ${bytes.script} bytes of scripts (gzip).
An empty middleware has ${middleware} bytes, an empty proxy ${proxy}.`);

function writeApp(): void {
  // Turbopack doesn't follow links that lead out of its root, and with this project as the root it would
  // use this project's middleware.
  const { root } = parse(folder);
  const files = {
    'app/layout.js':
      'export default ({ children }) => <html lang="en"><body>{children}</body></html>;',
    'app/page.js': 'export default () => <h1>Nothing</h1>;',
    'middleware.js':
      "import { NextResponse } from 'next/server'; export default () => NextResponse.next();",
    // `startServer` requests it to see whether the server is up.
    'public/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'next.config.js': `export default { turbopack: { root: ${JSON.stringify(root)} } };`,
    'package.json': '{ "type": "module" }',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
}

async function build(form: Form): Promise<void> {
  const done = progress(`building an app that has only an empty ${form}`);
  const { ok, output } = await run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  done(ok, ok ? 'done' : 'failed');
  if (!ok) throw new Error(output);
}

async function weigh() {
  const port = await freePort();
  const [server, browser] = await Promise.all([startServer(port, {}, folder), launchBrowser()]);
  try {
    const page = await browser.newPage();
    const loaded: string[] = [];
    page.on('requestfinished', (request) => loaded.push(request.url()));
    await page.goto(`http://localhost:${port}/`, { waitUntil: 'networkidle' });
    if ((await page.locator('h1').textContent()) !== 'Nothing')
      throw new Error('The page is from another app.');
    return bytesOf(loaded, folder);
  } finally {
    await Promise.all([browser.close(), server.close()]);
  }
}
