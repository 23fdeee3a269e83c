import { existsSync } from 'node:fs';
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { type Candidate, candidates } from './browser-finder';
import { carriedChromium, downloadChromium } from './carried-chromium';

// Playwright doesn't turn these off itself. The tests connect to loopback only.
const ARGS = ['--disable-quic', '--no-proxy-server'];

/** The variable with the endpoint of the shared browser, if `one-browser.ts` has started one. */
export const SHARED = 'TEST_BROWSER_ENDPOINT';

/**
 * Connects to the shared headless Chromium of the test run, or starts a new one. A new one is the
 * browser in CHROME_PATH, or else an installed browser, or else the one from the npm package.
 *
 * @param more Chromium switches; if there are any, a new browser is started
 * @throws Error that lists the browsers that were tried
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const shared = process.env[SHARED];
  if (shared && more.length === 0) return chromium.connect(shared);
  return launchWith((options) => chromium.launch(options), more);
}

/** Starts a headless Chromium that other processes can use. Looks where `launchBrowser` does. */
export function launchBrowserServer(): Promise<BrowserServer> {
  return launchWith((options) => chromium.launchServer(options), []);
}

async function launchWith<T>(
  launch: (options: LaunchOptions) => Promise<T>,
  more: readonly string[],
): Promise<T> {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH && !existsSync(CHROME_PATH)) {
    throw new Error(`CHROME_PATH is ${CHROME_PATH}, but that file does not exist.`);
  }

  const failures: string[] = [];
  for (const candidate of candidates(process, chromium.executablePath(), existsSync)) {
    try {
      return await launch(await launchOptions(candidate, [...ARGS, ...more]));
    } catch (error) {
      const name = 'path' in candidate ? candidate.path : candidate.from;
      failures.push(`- ${name}: ${firstLines(error)}`);
    }
  }
  throw new Error(
    `Couldn’t start a browser. Install Chrome or Chromium, or set CHROME_PATH to one.\nTried:\n${failures.join('\n')}`,
  );
}

async function launchOptions(candidate: Candidate, args: string[]): Promise<LaunchOptions> {
  switch (candidate.from) {
    case 'system':
      return { args, executablePath: candidate.path, chromiumSandbox: canSandbox() };
    // The other browsers lack what the sandbox needs from the system: a setuid helper or an AppArmor
    // profile.
    case 'playwright':
      return { args, executablePath: candidate.path };
    case '@sparticuz/chromium':
      return { args, ...(await carriedChromium()) };
    case 'download':
      downloadChromium();
      return { args };
  }
}

/** Chromium's sandbox doesn't work as root, and rarely in CI containers. */
function canSandbox(): boolean {
  return process.getuid?.() !== 0 && !process.env.CI;
}

/** Playwright's first line and the browser's own error, without the call log. */
function firstLines(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split('\n');
  const own = lines.find((line) => line.includes('[err]'));
  return [lines[0], own?.replace(/.*\[err\]/, '')].filter(Boolean).join(' ').trim();
}
