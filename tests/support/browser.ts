import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { type Candidate, candidates } from './browser-finder';

// Playwright doesn't turn these off itself. The tests connect to loopback only.
const ARGS = ['--disable-quic', '--no-proxy-server'];

/** The variable with the endpoint of the shared browser, if `startOneBrowser` has started one. */
const SHARED = 'TEST_BROWSER_ENDPOINT';

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
function launchBrowserServer(): Promise<BrowserServer> {
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

// The Chromium from the npm package @sparticuz/chromium, for machines without a browser.
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const cache = join(modules, '.cache');
const unpacked = join(cache, `chromium-${carriedVersion()}`);

// The package unpacks to fixed names in the system's temporary folder, where other users and parallel
// runs would conflict. It unpacks its libraries only if the machine looks like Lambda. So it runs in
// a separate process that has its own temporary folder and looks like Lambda.
const UNPACK = `import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())`;
const LAMBDA = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };

// The system's fonts, if there are any, and the font in the package.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * Options to launch the Chromium of `@sparticuz/chromium` (Linux x64). It is unpacked once for each
 * version, which takes two seconds. On a system without NSS and NSPR it uses the package's copies.
 */
async function carriedChromium(): Promise<LaunchOptions> {
  if (!existsSync(unpacked)) await unpack();

  const executablePath = join(unpacked, 'chromium');
  const env: Record<string, string | undefined> = {
    ...process.env,
    FONTCONFIG_FILE: join(unpacked, 'fonts.conf'),
  };
  if (!runs(executablePath)) {
    const folders = [join(unpacked, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH];
    env.LD_LIBRARY_PATH = folders.filter(Boolean).join(':');
  }
  return { executablePath, env };
}

/** Whether the system has the libraries that Chromium is linked with. */
function runs(executable: string): boolean {
  return spawnSync(executable, ['--version']).status === 0;
}

async function unpack(): Promise<void> {
  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(join(cache, 'unpacking-'));
  try {
    const env = { ...process.env, ...LAMBDA, TMPDIR: staging };
    const args = ['--input-type=module', '-e', UNPACK];
    await promisify(execFile)(process.execPath, args, { cwd: modules, env });
    await writeFile(join(staging, 'fonts.conf'), FONTS);
    await rename(staging, unpacked);
  } catch (error) {
    // Another test file may have unpacked it first. Its folder is complete, because a rename is atomic.
    if (!existsSync(unpacked)) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function carriedVersion(): string {
  const file = join(modules, '@sparticuz', 'chromium', 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

/** Downloads Playwright's own headless Chromium (macOS, Windows, Linux on ARM). */
function downloadChromium(): void {
  console.log('No browser found: downloading one with `playwright-core install` (about 100 MB) …');
  const cli = join(modules, 'playwright-core', 'cli.js');
  execFileSync(process.execPath, [cli, 'install', 'chromium-headless-shell'], { stdio: 'pipe' });
}

/**
 * Starts one browser for all files of a test project; each test uses its own profile in it. For
 * `globalSetup` in `vitest.config.ts`.
 *
 * @returns closes the browser
 */
export default async function startOneBrowser(): Promise<() => Promise<void>> {
  const server = await launchBrowserServer();
  process.env[SHARED] = server.wsEndpoint();
  return async () => {
    delete process.env[SHARED];
    await server.close();
  };
}
