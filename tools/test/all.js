// What `npm run test:all` adds to `npm test`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { has, notRun, tests, totalOf } from './steps.js';

/** @typedef {import('./steps.js').Result} Result */

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The result of the last whole `npm test`. */
const LAST = join(root, 'test-results/npm-test.json');
/** The project's name until `npm run init` renames it. */
const TEMPLATE = 'nextjs-cognito-starter';
/** The workshop's tests, which are deleted with the workshop. */
const WORKSHOP = 'tools/workshop/test/steps.js';

/** The vitest projects that only this command runs, and their folders, which may have been deleted. */
const FOLDERS = { pool: 'lib/local-pool/tests', tools: 'tools/setup/tests' };

/**
 * @param {string[]} words may include `--rest`
 * @param {() => Promise<Result[]>} npmTest
 * @returns {Promise<Result[]>}
 */
export async function testAll(words, npmTest) {
  const before = words.includes('--rest') ? [lastResult()] : await npmTest();
  return [...before, ...(await testRest())];
}

/**
 * Keeps the result of `npm test` for `--rest`.
 * @param {Result[]} results
 */
export function remember(results) {
  mkdirSync(dirname(LAST), { recursive: true });
  writeFileSync(LAST, JSON.stringify(totalOf(results)));
}

/** @returns {Promise<Result[]>} */
async function testRest() {
  const site = await testTools();
  if (!has(WORKSHOP)) return site;
  const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (name !== TEMPLATE) {
    console.log('  Skipping tools/workshop: it tests the template, not your site.');
    return site;
  }
  const { testWorkshop } = await import(pathToFileURL(join(root, WORKSHOP)).href);
  return [...site, ...(await testWorkshop())];
}

/** @returns {Promise<Result[]>} the results of the tests of the local pool and of the commands in tools */
async function testTools() {
  const names = Object.keys(FOLDERS).filter((name) => has(FOLDERS[name]));
  const projects = names.map((name) => `--project=${name}`);
  return projects.length > 0 ? [await tests('local pool, setup and doctor', projects)] : [];
}

/** @returns {Result} */
function lastResult() {
  try {
    return { name: 'npm test', ...JSON.parse(readFileSync(LAST, 'utf8')) };
  } catch {
    return notRun('npm test', 'run it before this');
  }
}
