// What `npm test` does, and anybody who builds on this needs to trust a change: format, lint, types, unit
// tests, the build, and the built site over HTTP and in a browser.
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { colors } from '../setup/progress.js';
import { BIOME, check, has, NEXT, notRun, TSC, tests } from './steps.js';

/** @typedef {import('./steps.js').Result} Result */

const root = fileURLToPath(new URL('../..', import.meta.url));
const SITE = ['--project=site', '--project=browser', '--maxWorkers=2'];

/** The projects of vitest.config.ts, and the folders of those that somebody may have deleted. */
const PROJECTS = ['unit', 'site', 'browser', 'pool', 'tools'];
const FOLDERS = { pool: 'lib/local-pool/tests', tools: 'tools/setup/tests' };
const projects = PROJECTS.filter((name) => has(FOLDERS[name] ?? '.'));

/** @returns {Promise<Result[]>} */
export async function testSite() {
  // The types that `npm run dev` left name the pages of that day, and tsc reads them too. Those that
  // `next typegen` writes take their place.
  rmSync(join(root, '.next', 'dev', 'types'), { recursive: true, force: true });

  // The checks and the build leave a processor alone for long stretches, and the unit tests the other.
  const [checks, unit] = await Promise.all([
    checkAndBuild(),
    tests('unit tests', ['--project=unit']),
  ]);
  const built = checks.at(-1)?.failed === 0;
  const site = built ? await tests('site tests', SITE) : notRun('site tests', 'the build failed');
  return [...checks, unit, site];
}

/** @returns {Promise<Result[]>} the build last */
async function checkAndBuild() {
  const color = `--colors=${colors ? 'force' : 'off'}`;
  return [
    await check('format and lint', [BIOME, 'check', color, '.']),
    await check('types', [NEXT, 'typegen'], [TSC, '--noEmit']),
    await check('build', [NEXT, 'build']),
  ];
}

/** @returns {Promise<Result[]>} the tests of the local pool, and of the commands in tools */
export async function testTools() {
  const rest = projects.filter((name) => name in FOLDERS).map((name) => `--project=${name}`);
  return rest.length > 0 ? [await tests('local pool, setup and doctor', rest)] : [];
}

/**
 * @param {string[]} words projects, words in the paths of test files, and vitest's own options
 * @returns {Promise<Result[]>}
 */
export async function testSome(words) {
  const named = projects.filter((project) => words.includes(project));
  const chosen = named.length > 0 ? named : projects;
  const rest = words.filter((word) => !named.includes(word));

  const built = buildTime();
  const needsBuild = chosen.some((name) => SITE.includes(`--project=${name}`));
  if (needsBuild && built) {
    console.log(
      `  site tests use the build of ${built.toLocaleString()}; \`npm run build\` renews it`,
    );
  } else if (needsBuild) {
    const build = await check('build', [NEXT, 'build']);
    if (build.failed) return [build, notRun('tests', 'the build failed')];
  }

  return [await tests('tests', [...chosen.map((project) => `--project=${project}`), ...rest])];
}

/** @returns {Date | undefined} when the build in .next was made */
function buildTime() {
  return statSync(join(root, '.next', 'BUILD_ID'), { throwIfNoEntry: false })?.mtime;
}
