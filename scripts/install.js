// Runs before `npm run dev`, `npm test` and `npm run local-pool`: a fresh clone, or one whose lock file
// has changed, gets its packages. Silent when there is nothing to do.
import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, stopOnSignals } from './child.js';
import { isInstalled } from './installed.js';
import { progress } from './progress.js';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!isInstalled(root)) process.exitCode = await install();

/** @returns {Promise<number>} the exit code */
async function install() {
  if (!existsSync(join(root, 'package-lock.json'))) {
    console.error('package-lock.json is missing. Restore it with git, or run `npm install`.');
    return 1;
  }

  // Without npm's record, an install that is cut off can't pass for a complete one. So Ctrl-C need not
  // wait for npm, which would first finish and then undo everything.
  rmSync(join(root, 'node_modules', '.package-lock.json'), { force: true });
  stopOnSignals({ grace: 0 });

  const done = progress('installing the packages of package-lock.json (npm ci)');
  const { ok, output } = await npmCi();
  done(ok, ok ? 'done' : 'failed');
  if (ok) return 0;

  // npm's usage text, two screens of it, would hide the reason above it.
  console.error(output.split('npm error Clean install a project')[0].trim());
  console.error(
    '\nThe packages are not installed. Mend what npm says above, then run the command again.',
  );
  return 1;
}

function npmCi() {
  // The tools are dev dependencies and platform packages, whatever NODE_ENV or npm's own settings say.
  const include = ['--include=dev', '--include=optional'];
  // No package needs its install script here, and malicious ones come that way.
  const args = [
    'ci',
    '--ignore-scripts',
    ...include,
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];

  // npm names itself to the scripts it runs. Other package managers do so too; those can't read our lock.
  const npm = process.env.npm_execpath ?? '';
  if (basename(npm) === 'npm-cli.js') return run(process.execPath, [npm, ...args], { cwd: root });
  return run('npm', args, { cwd: root, shell: process.platform === 'win32' });
}
