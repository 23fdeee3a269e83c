// `npm test`: every check, in order, ending with one line that says how many passed.
// `npm test -- <words>`: only the tests in files whose path has one of the words; the words `unit`,
// `clients`, `site` and the like choose a project instead, and vitest's own options are passed on.
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, stopOnSignals } from '../setup/child.js';
import { isInstalled } from '../setup/installed.js';
import { npmCi } from '../setup/npm-ci.js';
import { colors, mark, progress } from '../setup/progress.js';
import { cleanEnv } from './clean-env.js';
import { runVitest } from './vitest.js';

/**
 * @typedef {import('./vitest.js').Counts & { name: string }} Result
 * @typedef {string[]} Command a tool's entry in node_modules, and its arguments
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const env = cleanEnv(process.env, colors);

const BIOME = '@biomejs/biome/bin/biome';
const NEXT = 'next/dist/bin/next';
const TSC = 'typescript/bin/tsc';
const VITEST = 'vitest/vitest.mjs';

const PROJECTS = [
  'unit',
  'clients',
  'site',
  'demo', // demo
  'container',
];
/** Folders with packages of their own: their READMEs. Together they are the project `clients`. */
const CLIENTS = ['tools/workshop/clients', 'tools/workshop/next-intl'];

stopOnSignals({ grace: 1500 });
const words = process.argv.slice(2);
const results = words.length > 0 ? await someTests(words) : await everything();
process.exitCode = report(results);

/** @returns {Promise<Result[]>} */
async function everything() {
  // The types that `npm run dev` left name the pages of that day, and tsc reads them too. Those that
  // `next typegen` writes take their place.
  rmSync(join(root, '.next', 'dev', 'types'), { recursive: true, force: true });

  const color = `--colors=${colors ? 'force' : 'off'}`;
  const results = [
    await check('format and lint', [BIOME, 'check', color, '.']),
    await check('types', [NEXT, 'typegen'], [TSC, '--noEmit']),
    // As many at once as there are processors. The site's are two at a time: while one waits for a
    // server, another can work; a browser leaves no room for a third.
    await tests('unit tests', ['--project=unit', '--maxWorkers=100%']),
    ...(await clientTests()),
  ];

  const build = await check('build', [NEXT, 'build']);
  // Without a build there is no site to test: that counts as a failure, never as nothing to do.
  const site = build.failed
    ? notRun('site tests', 'the build failed')
    : await tests('site tests', ['--project=site', '--maxWorkers=2']);
  results.push(build, site);
  results.push(await tests('other form, no demo', ['--project=demo'])); // demo
  results.push(await tests('the container image', ['--project=container']));
  return results;
}

/** @returns {Promise<Result[]>} */
async function clientTests() {
  const packages = await clientPackages();
  if (packages?.failed) return [packages, notRun('client tests', 'their packages are missing')];
  return [
    await check('types of the client tests', ...CLIENTS.map((folder) => [TSC, '-p', folder])),
    await tests('client tests', ['--project=clients']),
  ];
}

/** @returns {Promise<Result | undefined>} nothing when they are there already */
async function clientPackages() {
  const missing = CLIENTS.map((folder) => join(root, folder)).filter((path) => !isInstalled(path));
  if (missing.length === 0) return undefined;
  return await check('packages of the client tests', ...missing.map((path) => () => npmCi(path)));
}

/**
 * @param {string[]} words
 * @returns {Promise<Result[]>}
 */
async function someTests(words) {
  const named = PROJECTS.filter((project) => words.includes(project));
  const projects = named.length > 0 ? named : PROJECTS;
  const rest = words.filter((word) => !named.includes(word));

  const packages = projects.includes('clients') ? await clientPackages() : undefined;
  if (packages?.failed) return [packages, notRun('tests', 'the packages are missing')];

  const built = buildTime();
  if (projects.includes('site') && built) {
    console.log(
      `  site tests use the build of ${built.toLocaleString()}; \`npm run build\` renews it`,
    );
  } else if (projects.includes('site')) {
    const build = await check('build', [NEXT, 'build']);
    if (build.failed) return [build, notRun('tests', 'the build failed')];
  }

  return [await tests('tests', [...projects.map((project) => `--project=${project}`), ...rest])];
}

/** @returns {Date | undefined} when the build in .next was made */
function buildTime() {
  return statSync(join(root, '.next', 'BUILD_ID'), { throwIfNoEntry: false })?.mtime;
}

/**
 * One check of one or more commands: the first that fails ends it.
 * @param {string} name
 * @param {...(Command | (() => Promise<{ ok: boolean, output: string }>))} commands
 * @returns {Promise<Result>}
 */
async function check(name, ...commands) {
  const done = progress(name);
  for (const command of commands) {
    const { ok, output } = await (typeof command === 'function' ? command() : runTool(command));
    if (ok) continue;

    done(false, 'failed');
    show(output);
    return { name, passed: 0, failed: 1, skipped: 0 };
  }

  done(true, 'passed');
  return { name, passed: 1, failed: 0, skipped: 0 };
}

/**
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<Result>}
 */
async function tests(name, args) {
  const done = progress(name);
  const { output, ...counts } = await runVitest(args, (all) => runTool([VITEST, ...all]));
  done(counts.failed === 0, inWords(counts));
  if (counts.failed > 0) show(output);
  return { name, ...counts };
}

/** @returns {Result} */
function notRun(name, reason) {
  console.log(`${mark(false)} ${name}: not run, ${reason}`);
  return { name, passed: 0, failed: 1, skipped: 0 };
}

/** Node runs the tools' own entries: the shims in node_modules/.bin differ between systems. */
function runTool([entry, ...args]) {
  return run(process.execPath, [join(root, 'node_modules', entry), ...args], { cwd: root, env });
}

function show(output) {
  console.log(`\n${output.trim()}\n`);
}

/**
 * @param {Result[]} results
 * @returns {number} the exit code
 */
function report(results) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const key of Object.keys(total)) {
    total[key] = results.reduce((sum, result) => sum + result[key], 0);
  }

  // The checks' own lines are the summary, unless a failure's output has pushed them out of sight.
  console.log();
  if (total.failed > 0) {
    for (const result of results) {
      console.log(`${mark(result.failed === 0)} ${result.name}: ${inWords(result)}`);
    }
    console.log();
  }
  console.log(inWords(total));
  return total.failed > 0 ? 1 : 0;
}

/** @param {import('./vitest.js').Counts} counts */
function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
