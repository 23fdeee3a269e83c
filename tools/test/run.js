// `npm test`: the checks that every change must pass. Its last line shows how many passed.
// `npm test -- <words>`: only test files whose path contains one of the words. The words `unit`, `site` and
// `browser` select a project instead; vitest's options are passed on.
// template-only
// `pool` and `tools` select one, too. `npm run test:all`: `npm test`, then the tests of the local pool, of the
// commands in tools, and of tools/workshop, unless the project has been renamed. `-- --rest`: skips
// `npm test` and adds the result of its last run.
// /template-only
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopOnSignals } from '../setup/child.js';
import { colors } from '../setup/progress.js';
import { remember, testAll } from './all.js'; // template-only
import { BIOME, check, has, NEXT, notRun, report, TSC, tests } from './steps.js';

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

stopOnSignals({ grace: 1500 });
process.exitCode = report(await results(process.argv.slice(2)));

/**
 * @param {string[]} words
 * @returns {Promise<Result[]>}
 */
async function results(words) {
  if (words[0] === '--all') return await testAll(words, testSite); // template-only
  if (words.length > 0) return await testSome(words);
  const found = await testSite();
  remember(found); // template-only
  return found;
}

/**
 * Format, lint, types, unit tests, the build, and tests of the built site over HTTP and in a browser.
 * @returns {Promise<Result[]>}
 */
async function testSite() {
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

/**
 * @param {string[]} words projects, words in the paths of test files, and vitest's own options
 * @returns {Promise<Result[]>}
 */
async function testSome(words) {
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
