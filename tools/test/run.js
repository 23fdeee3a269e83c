// `npm test`: what a change has to pass. It ends with one line that says how many passed.
// `npm test -- <words>`: only the tests in files whose path has one of the words; the words `unit`,
// `site`, `browser`, `pool` and `tools` choose a project instead, and vitest's own options are passed on.
// `npm run test:all`: that, then the tests of the local pool, of the commands in tools, and of what
// maintains this template, unless it is somebody's site by now. `-- --rest`: without what `npm test` did just now, whose result it adds.
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
/** As long as nobody has renamed it by `npm run init`. */
const TEMPLATE = 'nextjs-cognito-starter';
/** Its tests come with it, and go with it. */
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
    console.log('  tools/workshop is left out: it looks after the template, not after your site.');
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
    return notRun('npm test', 'it has to come first');
  }
}
