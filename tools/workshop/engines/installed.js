// Finds the browsers that these tests need. Plain JavaScript, because `npm run test:all` runs it without tsx.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps MiniBrowser, the browser that WebKitGTK's driver starts. */
const LIBRARIES = '/usr/lib';

/** @typedef {{ path: string, missing?: undefined } | { path?: undefined, missing: string }} Found */

/**
 * Firefox: the one in `FIREFOX_PATH`, or else Debian's, or any on the path.
 * @returns {Found} where it is, or what is missing
 */
export function findFirefox() {
  const path = process.env.FIREFOX_PATH || onPath('firefox-esr') || onPath('firefox');
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
