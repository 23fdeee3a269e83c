// `npm test`: the checks that every change must pass. Its last line shows how many passed.
// `npm test -- <words>`: only test files whose path contains one of the words. The words `unit`, `site`,
// `browser`, `pool` and `tools` select a project instead; vitest's options are passed on.
// `npm run test:all`: `npm test`, then the tests of the local pool, of the commands in tools, and of
// tools/workshop, unless the project has been renamed. `-- --rest`: skips `npm test` and adds the result
// of its last run.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stopOnSignals } from '../setup/child.js';
import { testSite, testSome, testTools } from './site.js';
import { has, notRun, report, totalOf } from './steps.js';

/** @typedef {import('./steps.js').Result} Result */

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The result of the last whole `npm test`. */
const LAST = join(root, 'test-results/npm-test.json');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** The project's name until `npm run init` renames it. */
const TEMPLATE = 'nextjs-cognito-starter';
/** The workshop's tests, which are deleted with the workshop. */
const WORKSHOP = 'tools/workshop/test/steps.js';

stopOnSignals({ grace: 1500 });
process.exitCode = report(await results(process.argv.slice(2)));

/**
 * @param {string[]} args
 * @returns {Promise<Result[]>}
 */
async function results([first, ...more]) {
  if (first === undefined) return await npmTest();
  if (first !== '--all') return await testSome([first, ...more]);
  const before = more.includes('--rest') ? [lastResult()] : await npmTest();
  return [...before, ...(await testRest())];
}

/** @returns {Promise<Result[]>} */
async function npmTest() {
  const found = await testSite();
  mkdirSync(dirname(LAST), { recursive: true });
  writeFileSync(LAST, JSON.stringify(totalOf(found)));
  return found;
}

/** @returns {Promise<Result[]>} */
async function testRest() {
  const site = await testTools();
  if (!has(WORKSHOP)) return site;
  if (manifest.name !== TEMPLATE) {
    console.log('  Skipping tools/workshop: it tests the template, not your site.');
    return site;
  }
  const { testWorkshop } = await import(pathToFileURL(join(root, WORKSHOP)).href);
  return [...site, ...(await testWorkshop())];
}

/** @returns {Result} */
function lastResult() {
  try {
    return { name: 'npm test', ...JSON.parse(readFileSync(LAST, 'utf8')) };
  } catch {
    return notRun('npm test', 'run it before this');
  }
}
