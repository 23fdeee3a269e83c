import { join, resolve } from 'node:path';
import { run } from '../../setup/child.js';
import { isInstalled, npmCi } from '../../setup/ensure-installed.js';
import { progress } from '../../setup/progress.js';
import type { Copy } from './copy';

/** A test of the site that says nothing about a host. */
export interface Skipped {
  /** A part of its full name. */
  readonly test: string;
  readonly why: string;
  /** Skipped only with this number of instances or more. */
  readonly from?: number;
}

/** A server that imitates a host, and what is known about it. */
export interface Host {
  readonly name: string;
  /** The folder of its server (`serve.ts`) and of its own tests. */
  readonly folder: string;
  /** How many processes of one instance verify tokens. */
  readonly processes: number;
  readonly skipped: readonly Skipped[];
  /** The variables of its server, for a number of instances. */
  readonly env: (instances: number) => Readonly<Record<string, string>>;
}

/** A file of the site's tests that needs `next start`. */
const SKIPPED_FILE = 'tests/site/without-middleware.test.ts';

type Step = Promise<{ ok: boolean; output: string }>;

/**
 * Installs the packages of a host's folder, if they are missing.
 *
 * @param folder with its own `package.json`
 * @throws Error with npm's output
 */
export async function installPackages(folder: string): Promise<void> {
  const installed = Promise.resolve({ ok: true, output: '' });
  await step(`packages of ${folder}`, isInstalled(resolve(folder)) ? installed : npmCi(folder));
}

/**
 * Shows a step on one line.
 *
 * @param what it does
 * @param work that has started
 * @throws Error with its output, if it failed
 */
export async function step(what: string, work: Step): Promise<void> {
  const done = progress(what);
  const { ok, output } = await work;
  done(ok, ok ? 'done' : 'failed');
  if (!ok) throw new Error(output);
}

/**
 * Runs the site's HTTP tests, and those of the host's folder, against a server that imitates the host. Prints what is
 * skipped, and why.
 *
 * @param copy of the repository, with the host's build
 * @param host what is tested
 * @param counts numbers of instances
 * @returns whether all passed
 */
export async function testHost(
  copy: Copy,
  host: Host,
  counts: readonly number[],
): Promise<boolean> {
  let whole = true;
  for (const count of counts) {
    console.log(`\n${host.name}, with ${count} of each function`);
    whole = (await runTests(copy, host, count)) && whole;
  }
  console.log(`Skipped: ${SKIPPED_FILE}: it removes the middleware from \`.next\`.`);
  for (const { test, why, from = 1 } of host.skipped) {
    const where = from > 1 ? ` (with ${counts.filter((count) => count >= from)} instances)` : '';
    console.log(`Skipped${where}: “${test}”: ${why}.`);
  }
  console.log(`${host.name}: ${whole ? 'all tests passed.' : 'some tests failed, see above.'}`);
  return whole;
}

async function runTests(copy: Copy, host: Host, count: number): Promise<boolean> {
  const skipped = host.skipped.filter(({ from = 1 }) => count >= from);
  const options = [
    '--config=tools/workshop/support/host-tests.config.ts',
    `--testNamePattern=^(?!.*(${skipped.map(({ test }) => test).join('|')}))`,
    `--exclude=${SKIPPED_FILE}`,
  ];
  const { ok } = await run(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...options, ...process.argv.slice(2)],
    {
      cwd: copy.folder,
      show: true,
      env: {
        ...copy.env,
        ...host.env(count),
        HOST_FOLDER: host.folder,
        HOST_INSTANCES: String(count),
        SITE_SERVER: join(resolve(host.folder), 'serve.ts'),
        SITE_PROCESSES: String(host.processes * count),
      },
    },
  );
  return ok;
}
