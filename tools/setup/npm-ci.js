// Installs exactly what a folder's package-lock.json says, by `npm ci`.
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './child.js';

/**
 * @param {string} folder the one with package.json, absolute
 * @returns {Promise<{ ok: boolean, output: string }>} `output` is what npm has to say about a failure
 */
export async function npmCi(folder) {
  // Without npm's record, an install that is cut off can't pass for a complete one. So Ctrl-C need not
  // wait for npm, which would first finish and then undo everything.
  rmSync(join(folder, 'node_modules', '.package-lock.json'), { force: true });
  const { ok, output } = await runNpm(folder);
  // npm's usage text, two screens of it, would hide the reason above it.
  return { ok, output: output.split('npm error Clean install a project')[0].trim() };
}

function runNpm(folder) {
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
  if (basename(npm) === 'npm-cli.js') return run(process.execPath, [npm, ...args], { cwd: folder });
  return run('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}
