// The Chromium from the npm package @sparticuz/chromium, for machines without a browser.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LaunchOptions } from 'playwright-core';

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
export async function carriedChromium(): Promise<LaunchOptions> {
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
export function downloadChromium(): void {
  console.log('No browser found: downloading one with `playwright-core install` (about 100 MB) …');
  const cli = join(modules, 'playwright-core', 'cli.js');
  execFileSync(process.execPath, [cli, 'install', 'chromium-headless-shell'], { stdio: 'pipe' });
}
