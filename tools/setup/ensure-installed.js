// Installs the packages in a folder's package-lock.json, unless they are installed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from './installed.js';
import { npmCi } from './npm-ci.js';
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
