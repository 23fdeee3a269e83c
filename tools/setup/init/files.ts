import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/**
 * Says why git could not undo the removal of files.
 *
 * @param force whether uncommitted changes don't matter
 * @returns a message, or undefined if everything in the project's folder is committed
 */
export function whyNotUndoable(force = false): string | undefined {
  if (!isRepository()) {
    return 'This is not a git repository, so the removal could not be undone. Run `git init` and commit first.';
  }
  const uncommitted = force ? '' : git('status', '--porcelain', '--', '.');
  if (uncommitted === '') return undefined;
  return `There are uncommitted changes, which would be mixed up with the removal:\n${uncommitted}\nCommit them first.`;
}

/** Whether the project is in a git repository. */
export function isRepository(): boolean {
  return spawnSync('git', ['rev-parse']).status === 0;
}

/** The project's files: those that git tracks, and new ones that it doesn't ignore; none without git. */
export function projectFiles(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 1e8 });
  return stdout.split('\0').filter((file) => file !== '' && existsSync(file));
}

/**
 * The files of a commit, by their paths in the project's folder.
 *
 * @param commit its hash
 * @returns undefined if this repository doesn't have that commit
 */
export function filesOf(commit: string): ReadonlySet<string> | undefined {
  const args = ['ls-tree', '-r', '-z', '--name-only', commit];
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 1e8 });
  return status === 0 ? new Set(stdout.split('\0')) : undefined;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1e8 });
}

/** The mode of a file with a secret: only its owner may read it. */
export const PRIVATE = 0o600;

/**
 * Writes a file atomically: to a temporary file next to it, which then replaces it.
 *
 * @param file its path; for a symbolic link, the target is written
 * @param text the whole text
 * @param mode the file mode, if not the default
 */
export function writeWhole(file: string, text: string, mode?: number): void {
  const target = existsSync(file) ? realpathSync(file) : file;
  const beside = `${target}.${process.pid}.new`;
  try {
    writeFileSync(beside, text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * The text of `.env.local` with a session secret in it.
 *
 * A new file contains all other variables of `.env.example` as comments: as long as none is set,
 * `npm run dev` uses the local user pool. In an existing file, every line is kept.
 *
 * @param example the text of `.env.example`
 * @param present the text of `.env.local`, undefined if it doesn't exist
 * @param secret 32 random bytes or more, as text without white space
 * @returns the new text, or undefined if it already has a secret
 */
export function withSecret(
  example: string,
  present: string | undefined,
  secret: string,
): string | undefined {
  const line = `SESSION_SECRET=${secret}`;
  if (present === undefined) {
    const lines = example.split('\n').slice(HEAD_OF_EXAMPLE);
    const rest = lines.map((each) => (each === EMPTY ? line : each.replace(/^(?=[A-Z_]+=)/, '# ')));
    return `${HEAD}${rest.join('\n')}`;
  }
  if ((parseEnv(present).SESSION_SECRET ?? '').trim() !== '') return undefined;
  // If a name occurs twice, the last line counts.
  return `${present}${present === '' || present.endsWith('\n') ? '' : '\n'}${line}\n`;
}

const EMPTY = 'SESSION_SECRET=';
const HEAD_OF_EXAMPLE = 1;
const HEAD = `# Created by \`npm run init\` from .env.example. Git ignores this file.
# To use a real Amazon Cognito user pool, remove the "# " before its variables and fill them in.
`;
