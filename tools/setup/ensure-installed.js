// Gives a folder the packages of its package-lock.json, unless it has them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from './installed.js';
import { npmCi } from './npm-ci.js';
import { progress } from './progress.js';

/**
 * Says what it does, and what npm says if it fails. Silent when there is nothing to do.
 * @param {string} folder the one with package.json, absolute
 * @param {string} label what a person sees meanwhile
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
      '\nThe packages are not installed. Fix what npm says above, then run the command again.',
    );
  }
  return ok;
}
