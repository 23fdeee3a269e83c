// Starts a command of the workshop: `node start.js bench/run.ts --quick`, in package.json's scripts.
// npm starts it in this folder. The commands run in the root of the repository, because their paths are
// relative to it. They need the packages of both folders, which this script installs if they are missing.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stopOnSignals } from '../setup/child.js';
import { ensureInstalled } from '../setup/ensure-installed.js';

const workshop = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const [file = ''] = process.argv.splice(2, 1);

// Only while installing: some commands handle these signals themselves.
const letGo = stopOnSignals({ grace: 0 });
const installed =
  (await ensureInstalled(root, 'installing the packages of package-lock.json')) &&
  (await ensureInstalled(workshop, 'installing the packages of the workshop'));
letGo();
if (installed) await start(join(workshop, file));
else process.exitCode = 1;

/** @param {string} path of the command's file, which then runs as if Node had been given it. */
async function start(path) {
  process.chdir(root);
  process.argv[1] = path;
  await import('tsx');
  await import(pathToFileURL(path).href);
}
