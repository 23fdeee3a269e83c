// The workshop's own test steps. `npm run test:all` runs them after the project's tests.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '../../setup/ensure-installed.js';
import { check, notRun, TSC, tests } from '../../test/steps.js';
import { testFirefox } from '../engines/steps.js';

/** @typedef {import('../../test/steps.js').Result} Result */

const HERE = 'tools/workshop';
const root = fileURLToPath(new URL('../../..', import.meta.url));
const CONFIG = `--config=${HERE}/vitest.config.ts`;
/** Folders whose own packages the tests need; see their READMEs. */
const PACKAGES = [HERE, `${HERE}/clients`, `${HERE}/next-intl`];
const PROJECTS = ['workshop', 'site', 'clients', 'image', 'copies'];

/** @returns {Promise<Result[]>} */
export async function testWorkshop() {
  const missing = await installPackages();
  if (missing) return [missing];
  // Two lanes that take about the same time: building a copy is one long process, the other tests are
  // many short ones.
  const [one, other] = await Promise.all([
    inTurn([
      () => check('types of the workshop', ...PACKAGES.map((folder) => [TSC, '-p', folder])),
      () => tests('workshop', projects('workshop')),
      // These use the build in .next that the site's own tests have made.
      () => tests('more tests of the built site', projects('site')),
      testFirefox,
    ]),
    inTurn([
      () =>
        tests(
          'copies: recipes, other form of the middleware, no demo, lean, updates, Server Actions',
          [...projects('copies'), '--no-file-parallelism'],
        ),
      () => tests('clients from other projects', projects('clients')),
      () => tests('the container image', projects('image')),
    ]),
  ]);
  return [...one, ...other];
}

/**
 * @param {string[]} words projects, parts of the paths of test files, and vitest's own options
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
