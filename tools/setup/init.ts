// `npm run init`: the project gets its own name and a session secret. `-- --help` has its options.
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
/** The demo's own command; it goes with the demo. */
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
    console.error(`${options.message} Nothing was changed; \`npm run init -- --help\` says more.`);
    return 2;
  }
  try {
    const answers = await answersTo(options);
    if (answers) return carryOut(answers);
    console.error(
      'There is no terminal to ask in, and nothing was changed. `npm run init -- --yes` asks nothing; add\n--name my-app to say the name.',
    );
    return 2;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    console.error('\nStopped: nothing was changed.');
    return STOPPED;
  }
}

/** @returns undefined where somebody would have to be asked and nobody is there */
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
  // First, as it does nothing while something is not committed.
  if (hasDemo && !isRemoved()) {
    console.error('\n✗ The rest was not begun. Fix that, then run this again.');
    return 1;
  }

  const renamed = planRename(name, read);
  const present = existsSync(ENV_LOCAL) ? read(ENV_LOCAL) : undefined;
  const secret = randomBytes(32).toString('base64');
  const env = withSecret(read('.env.example'), present, secret);
  // From here to the end nothing waits, so that no Ctrl-C gets in between.
  process.on('SIGINT', () => {});
  if (env !== undefined) writeWhole(ENV_LOCAL, env, PRIVATE);
  for (const [file, text] of renamed) writeWhole(file, text);

  for (const file of [...renamed.keys(), ...(env === undefined ? [] : [ENV_LOCAL])]) {
    console.log(`  ${file}`);
  }
  const done = [
    ...(hasDemo ? ['the demo is out'] : []),
    ...(renamed.size > 0 ? [`renamed in ${renamed.size} files`] : []),
    ...(env === undefined ? [] : [`a new SESSION_SECRET in ${ENV_LOCAL}`]),
  ];
  const what = done.length > 0 ? done.join(', ') : 'nothing to do, it has its name and its secret';
  console.log(`✓ ${name}: ${what}. Next: \`npm run dev\`, then docs/make-it-yours.md.`);
  return 0;
}

/** @returns whether the demo is out and its formatter content; if not, it has said why */
function isRemoved(): boolean {
  const command = ['--import', 'tsx', REMOVAL];
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status === 0;
}
