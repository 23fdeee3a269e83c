/**
 * `npm run --prefix tools/workshop test:opennext`: builds a copy of the project with OpenNext for AWS, and runs the site's
 * HTTP tests against the server function, with one instance and with three. Installs OpenNext if needed; its build
 * installs packages, too. Needs no account. What it emulates: tools/workshop/opennext/README.md.
 */
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run, stopOnSignals } from '../../setup/child.js';
import { copyRepository } from '../support/copy';
import { installPackages, step, testHost } from '../support/host-tests';
import { SKIPPED } from './skipped';

const FOLDER = 'tools/workshop/opennext';
const OPENNEXT = resolve(FOLDER, 'node_modules/@opennextjs/aws/dist/index.js');
const CONFIG = 'open-next.config.ts';

stopOnSignals({ grace: 1500 });
await installPackages(FOLDER);
const copy = copyRepository();
cpSync(join(FOLDER, CONFIG), join(copy.folder, CONFIG));
const env = { ...copy.env, NEXT_TELEMETRY_DISABLED: '1' };
const build = run(process.execPath, [OPENNEXT, 'build'], { cwd: copy.folder, env });
await step('build with OpenNext', build);
// Outside the project, so that no package is found in a parent folder.
const lambda = mkdtempSync(join(realpathSync(tmpdir()), 'lambda-'));
process.once('exit', () => rmSync(lambda, { recursive: true, force: true }));
cpSync(join(copy.folder, '.open-next/server-functions/default'), lambda, { recursive: true });

const openNext = {
  name: 'Output of OpenNext',
  folder: FOLDER,
  // The middleware is a module of its own in the same process.
  processes: 3,
  skipped: SKIPPED,
  env: () => ({ LAMBDA_FOLDER: lambda }),
};
process.exitCode = (await testHost(copy, openNext, [1, 3])) ? 0 : 1;
