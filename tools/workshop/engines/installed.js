// Finds the browsers that these tests need. Plain JavaScript, because `npm run test:all` runs it without tsx.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps MiniBrowser, the browser that WebKitGTK's driver starts. */
const LIBRARIES = '/usr/lib';

/** @typedef {{ path: string, missing?: undefined } | { path?: undefined, missing: string }} Found */

/**
 * Firefox: the one in `FIREFOX_PATH`, or else Debian's, or any on the path but Ubuntu's snap, which may not read
 * the profile that a test makes.
 * @returns {Found} where it is, or what is missing
 */
export function findFirefox() {
  const installed = onPath('firefox-esr') || onPath('firefox');
  const path = process.env.FIREFOX_PATH || (installed && !isSnap(installed) ? installed : '');
  return path ? { path } : { missing: 'Firefox (Debian: firefox-esr)' };
}

/**
 * WebKitGTK's MiniBrowser, if its driver and a virtual screen are installed, too.
 * @returns {Found} where it is, or what is missing
 */
export function findWebKit() {
  const path = miniBrowser();
  const whole = onPath('WebKitWebDriver') && onPath('Xvfb');
  return path && whole ? { path } : { missing: 'WebKit (Debian: webkit2gtk-driver and xvfb)' };
}

/** @param {string} name */
function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/**
 * Whether it is a link to the snap command, or the script that Ubuntu has in its place.
 * @param {string} file
 */
function isSnap(file) {
  if (realpathSync(file).endsWith('/snap')) return true;
  return readFileSync(file).subarray(0, 4096).includes('/snap/');
}

/** Such as `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser`. */
function miniBrowser() {
  const systems = namesIn(LIBRARIES).filter((name) => name.endsWith('-linux-gnu'));
  const files = systems.flatMap((system) =>
    namesIn(join(LIBRARIES, system))
      .filter((name) => name.startsWith('webkit2gtk-'))
      .map((name) => join(LIBRARIES, system, name, 'MiniBrowser')),
  );
  return files.sort().findLast((file) => existsSync(file));
}

/** @param {string} folder */
function namesIn(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}
