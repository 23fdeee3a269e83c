/** A fake `aws` executable, with the exit codes and messages of the CLI's versions 1 and 2. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { run } from '@/tools/setup/child.js';

/** The CLI's response to one operation, e.g. `describe-stacks`. */
export interface Reply {
  readonly code?: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

export interface FakeAws {
  /** A folder for the files that the command writes. */
  readonly folder: string;
  /** A PATH with the fake first. */
  readonly path: string;
  /** Runs a script of this project with the fake first on the PATH. */
  run(script: string, args: readonly string[]): ReturnType<typeof run>;
  /** The argument lists of the calls so far. */
  calls(): string[][];
  remove(): void;
}

/**
 * Creates the executable.
 *
 * @param replies by operation; any other operation fails like an unknown one of the CLI
 */
export function fakeAws(replies: Readonly<Record<string, Reply>>): FakeAws {
  const folder = mkdtempSync(join(tmpdir(), 'fake-aws-'));
  const calls = join(folder, 'calls');
  writeFileSync(calls, '');
  const source = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(calls)}, JSON.stringify(args) + '\\n');
const usage = { code: 252, stderr: 'aws: error: argument operation: Invalid choice' };
const { code = 0, stdout = '', stderr = '' } = ${JSON.stringify(replies)}[args[1]] ?? usage;
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
`;
  const executable = join(folder, 'aws');
  writeFileSync(executable, source);
  chmodSync(executable, 0o755);
  const path = [folder, dirname(process.execPath), process.env.PATH].join(delimiter);
  return {
    folder,
    path,
    run: (script, args) =>
      run(process.execPath, ['--import', 'tsx', script, ...args], {
        env: { ...process.env, PATH: path, NO_COLOR: '1' },
      }),
    calls: () => {
      const lines = readFileSync(calls, 'utf8').split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
