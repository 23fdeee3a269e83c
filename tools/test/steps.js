// The steps of a test run. Each shows its progress and its result, and returns its counts.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../setup/child.js';
import { colors, mark, progress } from '../setup/progress.js';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @typedef {Counts & { name: string }} Result
 * @typedef {string[]} Command a tool's entry in node_modules, and its arguments
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Variables that the checks don't get. */
const REMOVED = [
  // The site's settings: the tests have their own.
  /^(COGNITO_.*|PREVIEW_.*|VERCEL_.*|SESSION_.*)$/,
  // Variables that change how the tools build and serve.
  /^(NODE_ENV|PORT)$/,
  // The commands don't see the terminal, so we tell them whether to use colors.
  /^(FORCE_COLOR|NO_COLOR)$/,
  // npm's settings, which it passes to scripts.
  /^npm_/i,
  // Next detects coding agents (dist/compiled/@vercel/detect-agent) and stops their first build with
  // advice to upgrade; vitest prints less for them. The tests must do the same for everyone.
  /^(AI_AGENT|CLAUDECODE|REPL_ID)$/,
  /^(ANTIGRAVITY|AUGMENT|CLAUDE_CODE|CODEX|COPILOT|CURSOR|GEMINI|OPENCODE)_/,
];
const env = cleanEnv(process.env, colors);

/** The tools' entry points in node_modules. */
export const BIOME = '@biomejs/biome/bin/biome';
export const NEXT = 'next/dist/bin/next';
export const TSC = 'typescript/bin/tsc';
const VITEST = 'vitest/vitest.mjs';

/**
 * Runs one or more commands as one check, in the repository's folder, until one fails.
 * @param {string} name
 * @param {...Command} commands
 * @returns {Promise<Result>}
 */
export async function check(name, ...commands) {
  const done = progress(name);
  for (const command of commands) {
    const { ok, output } = await runTool(command);
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
 * @param {string[]} args for `vitest run`
 * @returns {Promise<Result>}
 */
export async function tests(name, args) {
  const done = progress(name);
  const { output, ...counts } = await runVitest(args, (all) => runTool([VITEST, ...all]));
  done(counts.failed === 0, inWords(counts));
  if (counts.failed > 0) show(output);
  return { name, ...counts };
}

/**
 * Reports a step that could not run, and counts it as failed.
 * @param {string} name
 * @param {string} reason
 * @returns {Result}
 */
export function notRun(name, reason) {
  console.log(`${mark(false)} ${name}: not run, ${reason}`);
  return { name, passed: 0, failed: 1, skipped: 0 };
}

/**
 * Whether a file or folder exists: deleted parts need no tests.
 * @param {string} path
 * @returns {boolean}
 */
export function has(path) {
  return existsSync(join(root, path));
}

/**
 * Ends the output with one line that shows how many passed and failed.
 * @param {Result[]} results
 * @returns {number} the exit code
 */
export function report(results) {
  const total = totalOf(results);
  // The steps' lines are the summary. Repeat them after a failure, whose output pushes them out of sight.
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

/**
 * @param {readonly Counts[]} results
 * @returns {Counts}
 */
export function totalOf(results) {
  const sum = (key) => results.reduce((count, result) => count + result[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** Runs a tool's entry point with Node, because the shims in node_modules/.bin differ between systems. */
function runTool([entry, ...args]) {
  return run(process.execPath, [join(root, 'node_modules', entry), ...args], { cwd: root, env });
}

function show(output) {
  console.log(`\n${output.trim()}\n`);
}

/** @param {Counts} counts */
function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * The environment for all checks: the same on every machine, in CI, and in an editor's terminal.
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} colors whether the commands should use colors
 * @returns {NodeJS.ProcessEnv} a copy without the variables that would affect the checks
 */
export function cleanEnv(env, colors) {
  const kept = Object.entries(env).filter(([name]) => !REMOVED.some((rule) => rule.test(name)));
  return {
    ...Object.fromEntries(kept),
    NEXT_TELEMETRY_DISABLED: '1',
    ...(colors ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
  };
}

/**
 * @param {string[]} args for `vitest run`
 * @param {(args: string[]) => Promise<{ ok: boolean, output: string }>} vitest runs vitest
 * @returns {Promise<Counts & { output: string }>}
 */
async function runVitest(args, vitest) {
  const folder = mkdtempSync(join(tmpdir(), 'vitest-report-'));
  removeAtExit(folder);
  const file = join(folder, 'report.json');

  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { ok, output } = await vitest(['run', ...args, ...reporters]);
  const counts = count(readReport(file));
  if (counts.passed + counts.failed === 0) {
    return { ...counts, failed: 1, output: `${output}No tests ran.\n` };
  }

  // An error outside any test, e.g. an unhandled rejection.
  if (!ok && counts.failed === 0) counts.failed = 1;
  return { ...counts, output };
}

function removeAtExit(folder) {
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @returns {Counts} */
function count(report) {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };

  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.testResults.filter(failedWithoutTest).length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A file that doesn't load, or whose `beforeAll` fails, has failed although none of its tests has. */
function failedWithoutTest({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}
