// Installs exactly the packages in a folder's package-lock.json, with `npm ci`.
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './child.js';

/**
 * @param {string} folder the one with package.json, absolute
 * @returns {Promise<{ ok: boolean, output: string }>} `output` is npm's output if it fails
 */
export async function npmCi(folder) {
  // Without npm's record, an interrupted install isn't mistaken for a complete one. So Ctrl-C doesn't have to
  // wait for npm, which would first finish and then undo everything.
  rmSync(join(folder, 'node_modules', '.package-lock.json'), { force: true });
  const { ok, output } = await runNpm(folder);
  // Cut off npm's long usage text, which would hide the reason above it.
  return { ok, output: output.split('npm error Clean install a project')[0].trim() };
}

function runNpm(folder) {
  // The tools need dev and optional dependencies, whatever NODE_ENV or npm's own settings say.
  const include = ['--include=dev', '--include=optional'];
  // No package here needs its install script, and malicious packages use them.
  const args = [
    'ci',
    '--ignore-scripts',
    ...include,
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];

  // npm sets npm_execpath for the scripts it runs. Other package managers do too, but can't read our lock file.
  const npm = process.env.npm_execpath ?? '';
  if (basename(npm) === 'npm-cli.js') return run(process.execPath, [npm, ...args], { cwd: folder });
  return run('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}
