// Checks whether node_modules contains the packages in package-lock.json.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Package an entry of package-lock.json, or of npm's own record in node_modules
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [link] a workspace: `node_modules` contains a link to its folder, which is an entry too
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 */

/**
 * Compares the lock file with npm's own record of what it installed, so that a manual `npm ci` or
 * `npm install` counts too. Packages that are not in the lock file don't matter.
 * @param {string} root the project's folder
 * @returns {boolean}
 */
export function isInstalled(root) {
  const locked = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!locked || !installed) return false;

  return Object.entries(locked).every(([path, wanted]) => {
    // '' is the project itself.
    if (path === '') return true;

    const found = installed[path];
    // npm skips optional packages for other systems.
    if (!found) return wanted.optional === true;

    return (
      found.version === wanted.version &&
      found.integrity === wanted.integrity &&
      found.link === wanted.link &&
      isForThisSystem(found) &&
      existsSync(join(root, path))
    );
  });
}

/**
 * @param {string} file
 * @returns {Record<string, Package> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** A folder copied from another system, e.g. a container, contains that system's binaries. */
function isForThisSystem({ os, cpu }) {
  return allows(os, process.platform) && allows(cpu, process.arch);
}

function allows(list, value) {
  if (!list || list.includes(value)) return true;
  return list.every((entry) => entry.startsWith('!') && entry !== `!${value}`);
}
