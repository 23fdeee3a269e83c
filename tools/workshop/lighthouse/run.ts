/**
 * `npm run --prefix tools/workshop lighthouse`: prints Lighthouse's scores of the pages that users see first, and every
 * audit below full score. `-- <paths>` tests only these pages. Needs a build (`npm run build`); installs
 * Lighthouse if needed.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../tests/support/browser';
import { freePort, startSite } from '../../../tests/support/site';
import { createVisitor, type Visitor } from '../../../tests/support/visitor';
import { run, stopOnSignals } from '../../setup/child.js';
import { isInstalled, npmCi } from '../../setup/ensure-installed.js';
import { progress } from '../../setup/progress.js';
import { scoresOf, shortcomings } from './report';

const HERE = resolve('tools/workshop/lighthouse');
const REPORTS = 'test-results/lighthouse';
/** The profile is private, so it is opened signed in; the other pages signed out. */
const PAGES = [
  { path: '/', who: null },
  { path: '/flow', who: null }, // demo
  { path: '/profile', who: 'alice' },
] as const;
type Page = (typeof PAGES)[number];
const FORM_FACTORS = [
  { name: 'phone', options: [] },
  { name: 'desktop', options: ['--preset=desktop'] },
] as const;

stopOnSignals({ grace: 1000 });
await install();
mkdirSync(REPORTS, { recursive: true });
const wanted = process.argv.slice(2).filter((word) => word.startsWith('/'));
const port = await freePort();
const [site, browser] = await Promise.all([
  startSite(),
  launchBrowser([`--remote-debugging-port=${port}`]),
]);
const lines: string[] = [];
let whole = true;
try {
  for (const page of PAGES.filter(({ path }) => wanted.includes(path) || !wanted[0])) {
    for (const { name, options } of FORM_FACTORS) await report(page, name, options);
  }
} finally {
  await Promise.all([site.close(), browser.close()]);
}
console.log(`
perf  a11y  best   seo  machine speed, page
${lines.join('\n')}

The performance score depends on the machine too: below a machine speed of 1000 it says little. The reports are in ${REPORTS}.`);
process.exitCode = whole ? 0 : 1;

async function report(page: Page, name: string, options: readonly string[]): Promise<void> {
  const { path } = page;
  const done = progress(`Lighthouse at ${path} as a ${name}`);
  const file = `${REPORTS}/${path.slice(1) || 'landing'}-${name}`;
  // On a busy machine Lighthouse sometimes misses the start of a page, and asks to be run again.
  const { ok, output } = await open(page, file, options).then((first) =>
    first.ok ? first : open(page, file, options),
  );
  const result = ok ? JSON.parse(readFileSync(`${file}.report.json`, 'utf8')) : undefined;
  if (!result || new URL(result.finalDisplayedUrl).pathname !== path) {
    done(false, 'failed');
    throw new Error(result ? `Lighthouse was redirected to ${result.finalDisplayedUrl}.` : output);
  }
  const scores = scoresOf(result);
  whole &&= scores.every((score) => score === 100);
  done(true, scores.join(' '));
  const columns = [...scores, Math.round(result.environment.benchmarkIndex)];
  lines.push(
    `${columns.map((value) => String(value).padStart(4)).join('  ')}  ${path} as a ${name}`,
  );
  lines.push(...shortcomings(result).map((line) => `      ${line}`));
}

async function open({ path, who }: Page, file: string, options: readonly string[]) {
  if (who) {
    const visitor = createVisitor(site.origin);
    await visitor.signIn(who);
    await bringCookies(browser, visitor, site.origin);
  }
  return run(process.execPath, [
    `${HERE}/node_modules/lighthouse/cli/index.js`,
    `${site.origin}${path}`,
    `--port=${port}`,
    // The browser's storage has the session cookie, so Lighthouse must not clear it.
    '--disable-storage-reset',
    '--no-enable-error-reporting',
    '--quiet',
    '--output=json',
    '--output=html',
    `--output-path=${file}`,
    ...options,
  ]);
}

/** Copies the cookies into the browser's default profile, where Lighthouse opens its tab. */
async function bringCookies(to: Browser, visitor: Visitor, origin: string): Promise<void> {
  const jar = visitor.cookies.get(new URL(origin).hostname) ?? new Map<string, string>();
  const session = await to.newBrowserCDPSession();
  await session.send('Storage.setCookies', {
    cookies: [...jar].map(([name, value]) => ({ name, value, url: origin, httpOnly: true })),
  });
  await session.detach();
}

async function install(): Promise<void> {
  if (isInstalled(HERE)) return;
  const done = progress('packages of tools/workshop/lighthouse');
  const { ok, output } = await npmCi(HERE);
  done(ok, ok ? 'installed' : 'failed');
  if (!ok) throw new Error(output);
}
