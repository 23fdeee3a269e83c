import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../setup/child.js';
import { colors } from '../../setup/progress.js';
import { cleanEnv } from '../../test/steps.js';

/** The packages that the tests need. */
const PACKAGES = [
  '',
  'tools/workshop/',
  'tools/workshop/clients/',
  'tools/workshop/next-intl/',
].map((folder) => `${folder}node_modules`);

type Done = Promise<{ ok: boolean; output: string }>;

/** A copy of the repository with its own git repository, deleted when this process exits. */
export interface Copy {
  readonly folder: string;
  /** The environment for checks, without vitest's variables, which would change a build. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs Node in it; `show` prints its output. */
  node(args: readonly string[], show?: boolean): Done;
  git(...args: string[]): Done;
}

/**
 * Copies all files that git tracks or would track, and the installed packages, because the build follows no link
 * out of its folder. The copy is a git repository, because some tests list files with git.
 */
export function copyRepository(): Copy {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'copy-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', listing, { encoding: 'utf8' }).split('\0');
  for (const file of [...files, ...PACKAGES].filter((name) => name !== '' && existsSync(name))) {
    cpSync(file, join(folder, file), { recursive: true, verbatimSymlinks: true });
  }
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  execFileSync('git', ['add', '--all'], { cwd: folder });

  const env = environment();
  return {
    folder,
    env,
    node: (args, show = false) => run(process.execPath, [...args], { cwd: folder, env, show }),
    git: (...args) => run('git', args, { cwd: folder, env }),
  };
}

function environment(): NodeJS.ProcessEnv {
  const env = cleanEnv(process.env, colors);
  for (const name of Object.keys(env)) if (/^(VITEST|TEST)/.test(name)) delete env[name];
  return env;
}
