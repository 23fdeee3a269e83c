// The test steps of other browser engines: all of them, and the short one for `npm run test:all`.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../setup/child.js';
import { ensureInstalled } from '../../setup/ensure-installed.js';
import { check, notRun, TSC, tests } from '../../test/steps.js';
import { findFirefox, findWebKit } from './installed.js';

/** @typedef {import('../../test/steps.js').Result} Result */

const HERE = 'tools/workshop/engines';
const root = fileURLToPath(new URL('../../..', import.meta.url));
const PROJECT = ['--config=tools/workshop/vitest.config.ts', '--project=engines'];
/** How long CI may spend on installing Firefox, in milliseconds. */
const INSTALL_LIMIT = 60_000;

/**
 * Everything, in every engine that is installed. Needs a build.
 * @param {string[]} words parts of the paths of test files, and vitest's own options
 * @returns {Promise<Result[]>}
 */
export async function testEngines(words) {
  const found = [findFirefox(), findWebKit()];
  for (const { missing } of found) if (missing) skip(missing);
  if (found.every(({ missing }) => missing)) return [];
  if (!(await packages())) return [notRun('other browser engines', `no packages in ${HERE}`)];
  return [
    await check('types of the engines', [TSC, '-p', HERE]),
    await tests('other browser engines', [...PROJECT, ...words]),
  ];
}

/**
 * Half a minute in Firefox, if it is installed or CI can install it.
 * @returns {Promise<Result>}
 */
export async function testFirefox() {
  const name = 'a sign-in in Firefox';
  if (findFirefox().missing) await installFirefox();
  const { missing } = findFirefox();
  if (missing) {
    skip(missing);
    return { name, passed: 0, failed: 0, skipped: 0 };
  }
  if (!(await packages())) return notRun(name, `no packages in ${HERE}`);
  return await tests(name, [...PROJECT, 'engines/smoke']);
}

/** Only in CI, and only as root, which in CI means a container that nobody else uses. */
async function installFirefox() {
  if (!process.env.CI || process.getuid?.() !== 0) return;
  const install = 'apt-get install -qq --yes --no-install-recommends firefox-esr';
  await run('sh', ['-c', `apt-get update -qq && ${install}`], { limit: INSTALL_LIMIT });
}

function packages() {
  return ensureInstalled(join(root, HERE), `installing ${HERE}`);
}

/** @param {string} missing */
function skip(missing) {
  console.log(`  Skipping ${missing}: it isn’t installed.`);
}
