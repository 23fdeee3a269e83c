/**
 * `npm run --prefix tools/workshop test:vercel`: builds a copy of the project with Vercel's adapter, and runs the site's
 * HTTP tests against its output, with one instance of each function and with three. Installs the adapter and the Edge
 * runtime if needed; needs no account. What it emulates: tools/workshop/vercel/README.md.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run, stopOnSignals } from '../../setup/child.js';
import { copyRepository } from '../support/copy';
import { installPackages, step, testHost } from '../support/host-tests';
import { unpackFunctions } from './output';
import { SKIPPED } from './skipped';

const FOLDER = 'tools/workshop/vercel';
const ADAPTER = resolve(FOLDER, 'node_modules/@vercel/next/dist/adapter/index.js');

stopOnSignals({ grace: 1500 });
await installPackages(FOLDER);
const copy = copyRepository();
const functions = mkdtempSync(join(realpathSync(tmpdir()), 'functions-'));
process.once('exit', () => rmSync(functions, { recursive: true, force: true }));
const env = { ...copy.env, NEXT_ADAPTER_PATH: ADAPTER, NEXT_TELEMETRY_DISABLED: '1' };
const build = run('npm', ['run', 'build'], { cwd: copy.folder, env });
await step('build with the adapter of Vercel', build);
unpackFunctions(copy.folder, functions);

const vercel = {
  name: 'Output for Vercel',
  folder: FOLDER,
  // The middleware, the pages, and the route handlers.
  processes: 3,
  skipped: SKIPPED,
  env: () => ({ VERCEL_FUNCTIONS: functions, VERCEL_METRICS: '1' }),
};
process.exitCode = (await testHost(copy, vercel, [1, 3])) ? 0 : 1;
