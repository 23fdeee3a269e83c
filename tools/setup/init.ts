// `npm run init`: gives the project its own name and a session secret, and removes what its owner doesn't want.
// See `-- --help`.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type Answers,
  ask,
  commitOf,
  HELP,
  type Options,
  readOptions,
  Stopped,
} from './init/choices';
import { isRepository, PRIVATE, whyNotUndoable, withSecret, writeWhole } from './init/files';
import { offeredName, planRename } from './init/rename';
import { recordChoices, startOf } from './record';

const ENV_LOCAL = '.env.local';
/** The scripts that remove the demo and the rest, and themselves with it. */
const DEMO = 'tools/setup/demo/remove.ts';
const LEAN = 'tools/setup/lean/remove.ts';
const STOPPED = 130;

const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

process.exitCode = await main(readOptions(process.argv.slice(2)));

/** @returns the exit code */
async function main(options: Options): Promise<number> {
  if (options.kind === 'help') {
    console.log(HELP);
    return 0;
  }
  if (options.kind === 'wrong') {
    console.error(`${options.message} Nothing was changed. See \`npm run init -- --help\`.`);
    return 2;
  }
  try {
    const answers = await answersTo(options);
    if (answers) return carryOut(answers);
    console.error(
      'Cannot ask questions: this is not an interactive terminal. Nothing was changed.\nRun `npm run init -- --yes`. Add `--name my-app` to set the name, and `--remove-demo` or `--lean` to keep less.',
    );
    return 2;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    console.error('\nStopped: nothing was changed.');
    return STOPPED;
  }
}

/** @returns undefined if there are questions to ask, but no terminal */
async function answersTo(options: Options & { kind: 'init' }): Promise<Answers | undefined> {
  const { name, yes, keep } = options;
  const offer = offeredName(JSON.parse(read('package.json')).name, basename(process.cwd()));
  if (yes) return { name: name ?? offer, keep: keep ?? 'everything' };
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const decided = keep ?? (existsSync(LEAN) ? undefined : 'everything');
  const known = {
    ...(name === undefined ? {} : { name }),
    ...(decided === undefined ? {} : { keep: decided }),
  };
  return await ask(known, offer, { input: process.stdin, output: process.stdout });
}

/** @returns the exit code */
function carryOut({ name, keep }: Answers): number {
  const demo = keep !== 'everything' && existsSync(DEMO);
  const lean = keep === 'lean' && existsSync(LEAN);
  const reason = demo || lean ? whyNotUndoable() : undefined;
  if (reason !== undefined) {
    console.error(`${reason} Nothing was changed.`);
    return 1;
  }
  const start = startOf();
  if (demo && !runs(DEMO, '--force')) return failed();

  const renamed = planRename(name, read);
  const present = existsSync(ENV_LOCAL) ? read(ENV_LOCAL) : undefined;
  const secret = randomBytes(32).toString('base64');
  const env = withSecret(read('.env.example'), present, secret);
  // Ignore Ctrl-C from here on, so that all files are written.
  process.on('SIGINT', () => {});
  if (env !== undefined) writeWhole(ENV_LOCAL, env, PRIVATE);
  for (const [file, text] of renamed) writeWhole(file, text);
  if (renamed.size > 0 || demo || lean) recordChoices({ name }, start);
  // It reads the new name.
  if (lean && !runs(LEAN)) return failed();

  for (const file of [...renamed.keys(), ...(env === undefined ? [] : [ENV_LOCAL])]) {
    console.log(`  ${file}`);
  }
  const done = [
    ...(demo ? ['demo removed'] : []),
    ...(lean ? ['made lean'] : []),
    ...(renamed.size > 0 ? [`renamed in ${renamed.size} files`] : []),
    ...(env === undefined ? [] : [`a new SESSION_SECRET in ${ENV_LOCAL}`]),
  ];
  const what =
    done.length > 0
      ? done.join(', ')
      : 'nothing to do, because it already has its name and session secret';
  console.log(`✓ ${name}: ${what}. Next: \`npm run dev\`, then docs/make-it-yours.md.`);
  const commit = commitOf({ name, renamed: renamed.size > 0, demo, lean });
  if (commit !== undefined) {
    console.log(`  Then commit it: ${isRepository() ? '' : 'git init && '}${commit}`);
  }
  return 0;
}

/** @returns whether a script succeeded; if not, it has printed why */
function runs(script: string, ...args: string[]): boolean {
  const command = ['--import', 'tsx', script, ...args];
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status === 0;
}

/** @returns the exit code */
function failed(): number {
  console.error(
    '\n✗ Not everything was done. Fix the problem above, or undo the changes with git and run this again.',
  );
  return 1;
}
