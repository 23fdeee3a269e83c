// The tests of what maintains this template, as `npm run test:all` runs them after its own.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '../../setup/ensure-installed.js';
import { check, notRun, TSC, tests } from '../../test/steps.js';

/** @typedef {import('../../test/steps.js').Result} Result */

const HERE = 'tools/workshop';
const root = fileURLToPath(new URL('../../..', import.meta.url));
const CONFIG = `--config=${HERE}/vitest.config.ts`;
/** Folders with packages of their own that tests need: their READMEs. */
const PACKAGES = [HERE, `${HERE}/clients`, `${HERE}/next-intl`];
const PROJECTS = ['workshop', 'site', 'clients', 'image', 'copies'];

/** @returns {Promise<Result[]>} */
export async function testWorkshop() {
  const missing = await installPackages();
  if (missing) return [missing];
  // Two lanes of about the same length: a copy builds for long in one process, the others test in many
  // short ones.
  const [one, other] = await Promise.all([
    inTurn([
      () => check('types of the workshop', ...PACKAGES.map((folder) => [TSC, '-p', folder])),
      () => tests('workshop', projects('workshop')),
      // With the build in .next, that of the site's own tests.
      () => tests('more of the built site', projects('site')),
    ]),
    inTurn([
      () =>
        tests('copies: recipes, other form, no demo, no workshop', [
          ...projects('copies'),
          '--no-file-parallelism',
        ]),
      () => tests('clients of others', projects('clients')),
      () => tests('the container image', projects('image')),
    ]),
  ]);
  return [...one, ...other];
}

/**
 * @param {string[]} words projects, words in the paths of test files, and vitest's own options
 * @returns {Promise<Result[]>}
 */
export async function testSome(words) {
  const missing = await installPackages();
  if (missing) return [missing];
  const named = [...PROJECTS, 'nginx'].filter((project) => words.includes(project));
  const rest = words.filter((word) => !named.includes(word));
  return [await tests('tests', [...projects(...(named.length > 0 ? named : PROJECTS)), ...rest])];
}

/** @returns {Promise<Result | undefined>} what is wrong, if anything is */
async function installPackages() {
  for (const folder of PACKAGES) {
    const installed = await ensureInstalled(join(root, folder), `installing ${folder}`);
    if (!installed) return notRun('workshop', `the packages of ${folder} are missing`);
  }
  return undefined;
}

/** @param {string[]} names */
function projects(...names) {
  return [CONFIG, ...names.map((name) => `--project=${name}`)];
}

/**
 * @param {(() => Promise<Result>)[]} steps
 * @returns {Promise<Result[]>}
 */
async function inTurn(steps) {
  const results = [];
  for (const step of steps) results.push(await step());
  return results;
}
