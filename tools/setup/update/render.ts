import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Choices, RECORD } from '../record';
import { filesOf, fromJson, git, ownEnvironment, type Place, textIn, UpdateError } from './git';

/**
 * Makes a release look as if its owner had made the recorded choices in it, with the release's own commands: `npm run
 * init`, `npm run demo:remove` and `npm run migrate:proxy`.
 *
 * @param template the template's repository
 * @param commit the release
 * @param choices what the owner chose
 * @param folder a new folder for its files
 * @returns the git tree of the result, without the record
 * @throws UpdateError if a command fails
 */
export function render(template: Place, commit: string, choices: Choices, folder: string): string {
  git(template, ['worktree', 'add', '--quiet', '--detach', folder, commit]);
  // An older release has fewer commands, and then nothing of what the missing ones change.
  const manifest = textIn(template, commit, 'package.json') ?? '{}';
  const commands = commandsFor(choices).flatMap(({ script, args }) => {
    const command = scriptIn(manifest, script);
    return command ? [{ script, args: [...command, ...args] }] : [];
  });
  if (commands.length > 0) {
    // They need tsx and the formatter. Ignored by git: the template's repository excludes it.
    symlinkSync(packagesOf(resolve('.')), join(folder, 'node_modules'), 'junction');
  }
  for (const { script, args } of commands) runIn(folder, script, args);
  const worktree = { folder };
  git(worktree, ['add', '--all']);
  git(worktree, ['rm', '--cached', '--quiet', '--ignore-unmatch', '--', RECORD]);
  return git(worktree, ['write-tree']);
}

/** The project's installed packages: in a repository of several projects, they may be in a folder above. */
function packagesOf(folder: string): string {
  const packages = join(folder, 'node_modules');
  if (existsSync(join(packages, 'tsx'))) return packages;
  if (dirname(folder) !== folder) return packagesOf(dirname(folder));
  throw new UpdateError('render', 'The packages are not installed. Run `npm ci`, then try again.');
}

interface Command {
  readonly script: string;
  readonly args: readonly string[];
}

function commandsFor({ name, demo, lean, middleware }: Choices): Command[] {
  const removal = lean ? ['--lean'] : demo === false ? ['--remove-demo'] : [];
  return [
    ...(name === undefined
      ? []
      : [{ script: 'init', args: ['--yes', '--name', name, ...removal] }]),
    ...(name === undefined && demo === false ? [{ script: 'demo:remove', args: [] }] : []),
    ...(middleware === 'proxy' ? [{ script: 'migrate:proxy', args: [] }] : []),
  ];
}

/** The arguments for Node. A script's own hook would install packages, which are already here. */
function scriptIn(manifest: string, script: string): string[] | undefined {
  const { scripts } = fromJson("The template's package.json", () => JSON.parse(manifest));
  const [command, ...args] = String(scripts?.[script] ?? '').split(' ');
  return command === 'node' ? args : undefined;
}

function runIn(folder: string, script: string, args: readonly string[]): void {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    // They use git too, and must not find the repository whose hook may have started the update.
    env: ownEnvironment(),
    encoding: 'utf8',
  });
  if (signal === 'SIGINT') throw new UpdateError('stopped', 'Stopped.');
  if (status === 0) return;
  throw new UpdateError(
    'render',
    `\`npm run ${script}\` of the template's release failed, so your choices could not be made in it:\n${stdout}${stderr}`.trim(),
  );
}

/** The exit code of a program that Ctrl-C has stopped. */
const STOPPED = 130;

/**
 * Lets npm complete a lock file that was merged entry by entry.
 *
 * @param place a repository that has the tree
 * @param tree the merged tree
 * @param lock the path of the lock file
 * @param folder an empty folder to work in
 * @returns the new text, or undefined if npm failed, for example without a network
 * @throws UpdateError if the user pressed Ctrl-C
 */
export function completeLock(
  place: Place,
  tree: string,
  lock: string,
  folder: string,
): string | undefined {
  for (const path of filesOf(place, tree).keys()) {
    if (!/(^|\/)(package\.json|package-lock\.json|\.npmrc)$/.test(path)) continue;
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), textIn(place, tree, path) ?? '');
  }
  const args = [
    'install',
    '--package-lock-only',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ];
  const options = {
    cwd: join(folder, dirname(lock)),
    env: ownEnvironment(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  } as const;
  const { status, signal } = spawnSync('npm', args, options);
  if (signal === 'SIGINT' || status === STOPPED) throw new UpdateError('stopped', 'Stopped.');
  return status === 0 ? readFileSync(join(folder, lock), 'utf8') : undefined;
}
