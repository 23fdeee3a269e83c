// `npm run init`: gives the project its own name and a session secret. See `-- --help`.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { withSecret } from './init/env-local';
import { offeredName } from './init/name';
import { HELP, type Options, readOptions } from './init/options';
import { type Answers, ask, Stopped } from './init/questions';
import { planRename } from './init/rename';
import { PRIVATE, writeWhole } from './init/write';

const ENV_LOCAL = '.env.local';
/** The script that removes the demo, and itself with it. */
const REMOVAL = 'tools/setup/demo/remove.ts';
const STOPPED = 130;

const read = (file: string) => readFileSync(file, 'utf8');

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
      'Cannot ask questions: this is not an interactive terminal. Nothing was changed.\nRun `npm run init -- --yes`. Add `--name my-app` to set the name, and `--remove-demo` to remove the demo.',
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
  const { name, yes, removeDemo } = options;
  const offer = offeredName(JSON.parse(read('package.json')).name, basename(process.cwd()));
  if (yes) return { name: name ?? offer, removeDemo };
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const decided = removeDemo || !existsSync(REMOVAL);
  const known = { ...(name === undefined ? {} : { name }), ...(decided ? { removeDemo } : {}) };
  return await ask(known, offer, { input: process.stdin, output: process.stdout });
}

/** @returns the exit code */
function carryOut({ name, removeDemo }: Answers): number {
  const hasDemo = removeDemo && existsSync(REMOVAL);
  // First, because it refuses to run while there are uncommitted changes.
  if (hasDemo && !isRemoved()) {
    console.error('\n✗ Nothing else was changed. Fix the problem above, then run this again.');
    return 1;
  }

  const renamed = planRename(name, read);
  const present = existsSync(ENV_LOCAL) ? read(ENV_LOCAL) : undefined;
  const secret = randomBytes(32).toString('base64');
  const env = withSecret(read('.env.example'), present, secret);
  // Ignore Ctrl-C from here on, so that all files are written.
  process.on('SIGINT', () => {});
  if (env !== undefined) writeWhole(ENV_LOCAL, env, PRIVATE);
  for (const [file, text] of renamed) writeWhole(file, text);

  for (const file of [...renamed.keys(), ...(env === undefined ? [] : [ENV_LOCAL])]) {
    console.log(`  ${file}`);
  }
  const done = [
    ...(hasDemo ? ['demo removed'] : []),
    ...(renamed.size > 0 ? [`renamed in ${renamed.size} files`] : []),
    ...(env === undefined ? [] : [`a new SESSION_SECRET in ${ENV_LOCAL}`]),
  ];
  const what =
    done.length > 0
      ? done.join(', ')
      : 'nothing to do, because it already has its name and session secret';
  console.log(`✓ ${name}: ${what}. Next: \`npm run dev\`, then docs/make-it-yours.md.`);
  return 0;
}

/** @returns whether the demo was removed; if not, the script has printed why */
function isRemoved(): boolean {
  const command = ['--import', 'tsx', REMOVAL];
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status === 0;
}
