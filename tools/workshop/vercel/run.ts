/**
 * `npm run --prefix tools/workshop test:vercel`: builds a copy of the project with Vercel's adapter, and runs the site's
 * HTTP tests against its output, with one instance of each function and with three. Installs the adapter and the Edge
 * runtime if needed; needs no account. What it emulates: tools/workshop/vercel/README.md.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run, stopOnSignals } from '../../setup/child.js';
import { isInstalled, npmCi } from '../../setup/ensure-installed.js';
import { progress } from '../../setup/progress.js';
import { copyRepository } from '../support/copy';
import { unpackFunctions } from './output';
import { SKIPPED, SKIPPED_FILES, testsToRun } from './skipped';

const HERE = resolve('tools/workshop/vercel');
const ADAPTER = join(HERE, 'node_modules/@vercel/next/dist/adapter/index.js');
const COUNTS = [1, 3];

stopOnSignals({ grace: 1500 });
await step('packages of tools/workshop/vercel', () =>
  isInstalled(HERE) ? { ok: true, output: '' } : npmCi(HERE),
);
const copy = copyRepository();
const functions = mkdtempSync(join(realpathSync(tmpdir()), 'functions-'));
process.once('exit', () => rmSync(functions, { recursive: true, force: true }));
const env = { ...copy.env, NEXT_ADAPTER_PATH: ADAPTER, NEXT_TELEMETRY_DISABLED: '1' };
await step('build with the adapter of Vercel', () =>
  run('npm', ['run', 'build'], { cwd: copy.folder, env }),
);
unpackFunctions(copy.folder, functions);

let whole = true;
for (const count of COUNTS) whole = (await test(count)) && whole;
for (const { file, why } of SKIPPED_FILES) console.log(`Skipped: ${file}: ${why}.`);
for (const { test, why, from = 1 } of SKIPPED) {
  const where =
    from > 1 ? ` (with ${COUNTS.filter((count) => count >= from).join(', ')} instances)` : '';
  console.log(`Skipped${where}: “${test}”: ${why}.`);
}
console.log(
  `On the output for Vercel: ${whole ? 'all tests passed.' : 'some tests failed, see above.'}`,
);
process.exitCode = whole ? 0 : 1;

async function test(count: number): Promise<boolean> {
  console.log(`\nWith ${count} of each: middleware, pages, route handlers`);
  const options = [
    '--config=tools/workshop/vercel/vitest.config.ts',
    `--testNamePattern=${testsToRun(count)}`,
    ...SKIPPED_FILES.map(({ file }) => `--exclude=${file}`),
  ];
  const { ok } = await run(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...options, ...process.argv.slice(2)],
    {
      cwd: copy.folder,
      show: true,
      env: {
        ...copy.env,
        SITE_SERVER: join(HERE, 'serve.ts'),
        SITE_PROCESSES: String(3 * count),
        VERCEL_FUNCTIONS: functions,
        VERCEL_INSTANCES: String(count),
        VERCEL_METRICS: '1',
      },
    },
  );
  return ok;
}

async function step(
  what: string,
  work: () => Promise<{ ok: boolean; output: string }> | { ok: boolean; output: string },
): Promise<void> {
  const done = progress(what);
  const { ok, output } = await work();
  done(ok, ok ? 'done' : 'failed');
  if (!ok) throw new Error(output);
}
