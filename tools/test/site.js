// The steps of `npm test`: format, lint, types, unit tests, the build, and tests of the built site over
// HTTP and in a browser.
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { colors } from '../setup/progress.js';
import { BIOME, check, has, NEXT, notRun, TSC, tests } from './steps.js';

/** @typedef {import('./steps.js').Result} Result */

const root = fileURLToPath(new URL('../..', import.meta.url));
/** As `npm run build`. */
const BUILD = [
  [NEXT, 'build'],
  ['tsx/dist/cli.mjs', 'tools/setup/static-pages.ts'],
];
const SITE = ['--project=site', '--project=browser', '--maxWorkers=2'];

/** The projects in vitest.config.ts, and the folders of those that may have been deleted. */
const PROJECTS = ['unit', 'site', 'browser', 'pool', 'tools'];
const FOLDERS = { pool: 'lib/local-pool/tests', tools: 'tools/setup/tests' };
const projects = PROJECTS.filter((name) => has(FOLDERS[name] ?? '.'));

/** @returns {Promise<Result[]>} */
export async function testSite() {
  // tsc also reads the types that `npm run dev` wrote, which may refer to deleted pages. `next typegen`
  // writes current ones.
  rmSync(join(root, '.next', 'dev', 'types'), { recursive: true, force: true });

  // Run these at the same time: each leaves a processor idle for long stretches.
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
    await check('build', ...BUILD),
  ];
}

// template-only
/** @returns {Promise<Result[]>} the results of the tests of the local pool and of the commands in tools */
export async function testTools() {
  const rest = projects.filter((name) => name in FOLDERS).map((name) => `--project=${name}`);
  return rest.length > 0 ? [await tests('local pool, setup and doctor', rest)] : [];
}
// /template-only

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
      `  site tests use the build from ${built.toLocaleString()}; run \`npm run build\` to update it`,
    );
  } else if (needsBuild) {
    const build = await check('build', ...BUILD);
    if (build.failed) return [build, notRun('tests', 'the build failed')];
  }

  return [await tests('tests', [...chosen.map((project) => `--project=${project}`), ...rest])];
}

/** @returns {Date | undefined} when the build in .next was made */
function buildTime() {
  return statSync(join(root, '.next', 'BUILD_ID'), { throwIfNoEntry: false })?.mtime;
}
