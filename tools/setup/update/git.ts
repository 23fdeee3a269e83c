import { spawnSync } from 'node:child_process';

/** Why an update can't go on. The message says what to do next. */
export class UpdateError extends Error {
  /**
   * @param code the kind of problem
   * @param message one or more sentences for the person at the terminal
   */
  constructor(
    readonly code:
      | 'git'
      | 'json'
      | 'no-repository'
      | 'no-source'
      | 'no-release'
      | 'no-base'
      | 'render'
      | 'stopped'
      | 'uncommitted'
      | 'underway',
    message: string,
  ) {
    super(message);
  }
}

/** Where git runs: a folder, and variables such as `GIT_INDEX_FILE`. */
export interface Place {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What git answered. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables with which a git hook, or a wrapper, points git to another repository, or changes what a path means. */
const REDIRECTING =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|NAMESPACE|SHALLOW_FILE|GRAFT_FILE|QUARANTINE_PATH|.*OBJECT_DIRECTOR.*|.*_PATHSPECS)$/;
/** Settings of a person or a machine that would break an update, or run other programs in the middle of it. */
const SETTINGS = [
  'core.hooksPath=/dev/null',
  'log.showSignature=false',
  'safe.bareRepository=all',
  'submodule.recurse=false',
].flatMap((setting) => ['-c', setting]);
const LONGEST_OUTPUT = 256 * 1024 * 1024;
/** The author of the temporary commits that git merges. They never reach a branch. */
const AUTHOR = { NAME: 'template', EMAIL: 'template@localhost', DATE: '2000-01-01T00:00:00Z' };
const IDENTITY = Object.fromEntries(
  Object.entries(AUTHOR).flatMap(([name, value]) => [
    [`GIT_AUTHOR_${name}`, value],
    [`GIT_COMMITTER_${name}`, value],
  ]),
);

/** The variables for a program that runs in another repository than a git hook which started this one. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (REDIRECTING.test(name)) delete env[name];
  return env;
}

/**
 * Runs git, and takes any exit code.
 *
 * @param place where
 * @param args git's arguments
 * @param input what git reads from its standard input
 * @throws UpdateError if git can't be started, or if the user pressed Ctrl-C
 */
export function tryGit(place: Place, args: readonly string[], input = ''): Answer {
  const { status, signal, error, stdout, stderr } = spawnSync('git', [...SETTINGS, ...args], {
    cwd: place.folder,
    // Paths such as app/notes/[id] are names, not patterns.
    env: {
      ...ownEnvironment(),
      GIT_LITERAL_PATHSPECS: '1',
      ...IDENTITY,
      ...place.env,
    },
    input,
    encoding: 'utf8',
    maxBuffer: LONGEST_OUTPUT,
  });
  if (signal === 'SIGINT') throw new UpdateError('stopped', 'Stopped.');
  if (error !== undefined)
    throw new UpdateError(
      'git',
      `git could not be run: ${error.message}. Install git 2.38 or newer.`,
    );
  return { status, stdout, stderr };
}

/**
 * Runs git.
 *
 * @param place where
 * @param args git's arguments
 * @param input what git reads from its standard input
 * @returns its standard output, without the last line break
 * @throws UpdateError if git fails
 */
export function git(place: Place, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = tryGit(place, args, input);
  if (status === 0) return stdout.replace(/\n$/, '');
  const command = args.find((each) => !each.startsWith('-')) ?? '';
  throw new UpdateError('git', `\`git ${command}\` failed: ${stderr.trim()}`);
}

/**
 * Splits git's output of the option `-z`.
 *
 * @param output items that each end with a NUL
 */
export function items(output: string): string[] {
  return output.split('\0').filter((item) => item !== '');
}

/**
 * The files of a tree.
 *
 * @param place a repository that has it
 * @param tree a tree, or a commit
 * @returns for each path, its mode and blob, such as `100644 blob 1a2b…`
 */
export function filesOf(place: Place, tree: string): Map<string, string> {
  const lines = items(git(place, ['ls-tree', '-r', '-z', '--full-tree', tree]));
  return new Map(
    lines.map((line) => {
      const tab = line.indexOf('\t');
      return [line.slice(tab + 1), line.slice(0, tab)] as const;
    }),
  );
}

/**
 * The text of a file in a tree.
 *
 * @param place a repository that has it
 * @param tree a tree, or a commit; empty for the index
 * @param path the file's path in it
 * @returns undefined if there is no such file
 */
export function textIn(place: Place, tree: string, path: string): string | undefined {
  const { status, stdout } = tryGit(place, ['cat-file', 'blob', `${tree}:${path}`]);
  return status === 0 ? stdout : undefined;
}

/**
 * Reads something that is written in JSON.
 *
 * @param file the file that it is in, for the message
 * @param read what throws a SyntaxError if it isn't JSON
 * @throws UpdateError that names the file
 */
export function fromJson<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UpdateError(
      'json',
      `${file} is not valid JSON: ${error.message}\nNothing was changed.`,
    );
  }
}
