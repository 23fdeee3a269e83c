// Installs the packages in a folder's package-lock.json, unless they are installed.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './child.js';
import { progress } from './progress.js';

/**
 * Shows what it does, and npm's output if that fails. Silent when there is nothing to do.
 * @param {string} folder the one with package.json, absolute
 * @param {string} label what to show meanwhile
 * @returns {Promise<boolean>} whether the packages are there now
 */
export async function ensureInstalled(folder, label) {
  if (isInstalled(folder)) return true;

  if (!existsSync(join(folder, 'package-lock.json'))) {
    console.error(
      `There is no package-lock.json in ${folder}. Restore it with git, or run \`npm install\`.`,
    );
    return false;
  }

  const done = progress(`${label} (npm ci)`);
  const { ok, output } = await npmCi(folder);
  done(ok, ok ? 'done' : 'failed');
  if (!ok) {
    console.error(output);
    console.error(
      '\nThe packages were not installed. Fix the error above, then run the command again.',
    );
  }
  return ok;
}

/**
 * Installs exactly the packages in a folder's package-lock.json, with `npm ci`.
 * @param {string} folder the one with package.json, absolute
 * @returns {Promise<{ ok: boolean, output: string }>} `output` is npm's output if it fails
 */
export async function npmCi(folder) {
  // Without npm's record, an interrupted install isn't mistaken for a complete one. So Ctrl-C doesn't have to
  // wait for npm, which would first finish and then undo everything.
  rmSync(join(folder, 'node_modules', '.package-lock.json'), { force: true });
  const { ok, output } = await runNpm(folder);
  // Cut off npm's long usage text, which would hide the reason above it.
  return { ok, output: output.split('npm error Clean install a project')[0].trim() };
}

function runNpm(folder) {
  // The tools need dev and optional dependencies, whatever NODE_ENV or npm's own settings say.
  const include = ['--include=dev', '--include=optional'];
  // No package here needs its install script, and malicious packages use them.
  const args = [
    'ci',
    '--ignore-scripts',
    ...include,
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];

  // npm sets npm_execpath for the scripts it runs. Other package managers do too, but can't read our lock file.
  const npm = process.env.npm_execpath ?? '';
  if (basename(npm) === 'npm-cli.js') return run(process.execPath, [npm, ...args], { cwd: folder });
  return run('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}

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
 * Checks whether node_modules contains the packages in package-lock.json. Compares the lock file with
 * npm's own record of what it installed, so that a manual `npm ci` or `npm install` counts too. Packages
 * that are not in the lock file don't matter.
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
