import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Choices, RECORD } from '../record';
import { git, type Place, UpdateError } from './git';

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
  // The commands need tsx and the formatter. Ignored by git: fetchTemplate's repository excludes it.
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  for (const { script, args } of commandsFor(choices)) {
    const command = scriptIn(folder, script);
    // An older release has fewer commands, and then nothing of what this one changes.
    if (command) runIn(folder, script, [...command, ...args]);
  }
  const worktree = { folder };
  git(worktree, ['add', '--all']);
  git(worktree, ['rm', '--cached', '--quiet', '--ignore-unmatch', '--', RECORD]);
  return git(worktree, ['write-tree']);
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
function scriptIn(folder: string, script: string): string[] | undefined {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [command, ...args] = String(scripts?.[script] ?? '').split(' ');
  return command === 'node' ? args : undefined;
}

function runIn(folder: string, script: string, args: readonly string[]): void {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
  });
  if (signal === 'SIGINT') throw new UpdateError('stopped', 'Stopped.');
  if (status === 0) return;
  throw new UpdateError(
    'render',
    `\`npm run ${script}\` of the template's release failed, so your choices could not be made in it:\n${stdout}${stderr}`.trim(),
  );
}
