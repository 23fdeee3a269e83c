import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from '../../setup/child.js';
import { cleanEnv } from '../../test/steps.js';
import type { Mutant } from './mutant';

/** The result of a mutant. `broken` is a problem with the list or the run, so nothing was shown. */
export type Verdict =
  | { readonly state: 'caught'; readonly by: { file: string; test: string } }
  | { readonly state: 'survived' }
  | { readonly state: 'broken'; readonly why: string };

/** In milliseconds. Vitest's own timeout ends a test that waits forever before that. */
const LIMITS = { unit: 600_000, build: 300_000, site: 600_000 };

/**
 * Runs the tests of one mutant in a copy that contains it, or of several mutants in an unchanged copy.
 *
 * @param folder the copy
 * @param level `site` builds the site first
 * @param tests words in the paths of test files
 */
export async function judge(
  folder: string,
  level: Mutant['level'],
  tests: readonly string[],
): Promise<Verdict> {
  if (level === 'site') {
    // As `npm run build`.
    for (const step of [
      ['next/dist/bin/next', 'build'],
      ['tsx/dist/cli.mjs', 'tools/setup/static-pages.ts'],
    ]) {
      const built = await node(folder, LIMITS.build, step);
      if (built.timedOut) return { state: 'broken', why: 'timed out' };
      if (!built.ok) return { state: 'broken', why: 'does not build' };
    }
  }
  const verdict = await runTests(folder, level, tests);
  if (verdict.state !== 'caught') return verdict;
  const { file, test } = verdict.by;
  // These tests use servers and the clock: a random failure is unlikely to happen twice.
  if (level === 'unit' && !file.includes('/in-process/')) return verdict;
  const again = await runTests(folder, level, [file, '-t', `^${escapePattern(test)}$`]);
  return again.state === 'caught' ? verdict : { state: 'broken', why: `failed once only: ${test}` };
}

async function runTests(
  folder: string,
  level: Mutant['level'],
  words: readonly string[],
): Promise<Verdict> {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const { ok, timedOut } = await node(folder, LIMITS[level], [
    'vitest/vitest.mjs',
    'run',
    ...projectsOf(level, words),
    ...['--bail=1', '--no-file-parallelism'],
    // On a busy machine, an unrelated test may take more than five seconds; its timeout would look like a catch.
    ...['--testTimeout=60000', '--hookTimeout=60000'],
    ...['--reporter=json', `--outputFile=${report}`],
    ...words,
  ]);
  if (timedOut) return { state: 'broken', why: 'timed out' };
  const results = readReport(report);
  for (const { name, assertionResults } of results) {
    const failed = assertionResults.find(({ status }) => status === 'failed');
    if (!failed) continue;
    const file = relative(folder, name);
    return { state: 'caught', by: { file, test: failed.fullName } };
  }
  if (!results.some(({ assertionResults }) => assertionResults.length > 0)) {
    return { state: 'broken', why: results.length > 0 ? 'does not load' : 'no test ran' };
  }
  return ok ? { state: 'survived' } : { state: 'broken', why: 'failed outside any test' };
}

/**
 * Vitest's configuration and projects for some tests. Tests of the built site are in `tests` or in the workshop.
 */
export function projectsOf(level: Mutant['level'], words: readonly string[]): string[] {
  const workshop = '--config=tools/workshop/vitest.config.ts';
  if (words.some((word) => word.includes('workshop/site/'))) return [workshop, '--project=site'];
  if (level === 'site') return ['--project=site', '--project=browser'];
  return [workshop, '--project=defenses'];
}

interface FileResult {
  readonly name: string;
  readonly assertionResults: readonly { status: string; fullName: string }[];
}

function readReport(file: string): readonly FileResult[] {
  try {
    const { testResults }: { testResults: FileResult[] } = JSON.parse(readFileSync(file, 'utf8'));
    return testResults;
  } catch {
    return [];
  }
}

function node(folder: string, limit: number, [entry = '', ...args]: string[]) {
  const env = cleanEnv(process.env, false);
  return run(process.execPath, [join(folder, 'node_modules', entry), ...args], {
    cwd: folder,
    env,
    limit,
  });
}

/** Vitest joins the names of a test and its groups with a space, as its report does. */
function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
