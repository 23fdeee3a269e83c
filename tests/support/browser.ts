import { existsSync } from 'node:fs';
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { type Candidate, candidates } from './browser-finder';
import { carriedChromium, downloadChromium } from './carried-chromium';

// What Playwright does not switch off by itself: the tests speak to loopback, and to nothing else.
const ARGS = ['--disable-quic', '--no-proxy-server'];

/** Names the browser that all test files of a run share, if `one-browser.ts` has started one. */
export const SHARED = 'TEST_BROWSER_ENDPOINT';

/**
 * A headless Chromium: that of the test run if there is one, else one of its own. It is the one that
 * CHROME_PATH names, or else one that is installed, or else one that we bring.
 *
 * @param more of Chromium's switches; with any, the browser is its own
 * @throws one Error that says what was tried
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const shared = process.env[SHARED];
  if (shared && more.length === 0) return chromium.connect(shared);
  return launchWith((options) => chromium.launch(options), more);
}

/** A headless Chromium that other processes may use; found as by `launchBrowser`. */
export function launchBrowserServer(): Promise<BrowserServer> {
  return launchWith((options) => chromium.launchServer(options), []);
}

async function launchWith<T>(
  launch: (options: LaunchOptions) => Promise<T>,
  more: readonly string[],
): Promise<T> {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH && !existsSync(CHROME_PATH)) {
    throw new Error(`CHROME_PATH names ${CHROME_PATH}, which does not exist.`);
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
    `No browser starts. Install Chrome or Chromium, or name one in CHROME_PATH.\n${failures.join('\n')}`,
  );
}

async function launchOptions(candidate: Candidate, args: string[]): Promise<LaunchOptions> {
  switch (candidate.from) {
    case 'system':
      return { args, executablePath: candidate.path, chromiumSandbox: canSandbox() };
    // The others lack what a system adds to make the sandbox work: a setuid helper, an AppArmor profile.
    case 'playwright':
      return { args, executablePath: candidate.path };
    case '@sparticuz/chromium':
      return { args, ...(await carriedChromium()) };
    case 'download':
      downloadChromium();
      return { args };
  }
}

/** Chromium refuses its sandbox to root, and containers in CI rarely allow it. */
function canSandbox(): boolean {
  return process.getuid?.() !== 0 && !process.env.CI;
}

/** Playwright's first line, and the browser's own, without the call log. */
function firstLines(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split('\n');
  const own = lines.find((line) => line.includes('[err]'));
  return [lines[0], own?.replace(/.*\[err\]/, '')].filter(Boolean).join(' ').trim();
}
