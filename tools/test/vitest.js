// Runs vitest and reads the counts from its JSON report, not from its printed output.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @param {string[]} args for `vitest run`
 * @param {(args: string[]) => Promise<{ ok: boolean, output: string }>} vitest runs vitest
 * @returns {Promise<Counts & { output: string }>}
 */
export async function runVitest(args, vitest) {
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
