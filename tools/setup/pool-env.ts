/**
 * `npm run pool:env -- --stack NAME`: writes a site's environment from the outputs of its user pool's
 * CloudFormation stack, using the installed AWS CLI. It prints no secret.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { type ConfigProblem, parseConfig } from '../../lib/cognito/config/parse-config';
import { mergeEnv, readEnvFile, writeEnvFile } from './pool-env/env-file';
import { HELP, type Options, parseOptions } from './pool-env/options';
import { PoolEnvError, readClientSecret, readStack } from './pool-env/stack';
import { progress } from './progress.js';

const parsed = parseOptions(process.argv.slice(2));
if (parsed.kind === 'help') console.log(HELP);
else if (parsed.kind === 'wrong') {
  console.error(parsed.message);
  process.exitCode = 2;
} else process.exitCode = await main(parsed.options);

/** Returns the exit code. An error is printed as one sentence, never as a stack trace. */
async function main(options: Options): Promise<number> {
  const done = progress(`reading the stack ${options.stack} from AWS`);
  let environment: Record<string, string>;
  try {
    environment = await ask(options);
  } catch (error) {
    done(false, 'failed');
    if (!(error instanceof PoolEnvError)) throw error;
    console.error(error.message);
    return 1;
  }
  done(true, `user pool ${environment.COGNITO_USER_POOL_ID}`);
  return write(options, environment);
}

async function ask({ stack, region, profile, site }: Options): Promise<Record<string, string>> {
  const account = { region, profile };
  const environment = await readStack(account, stack, site);
  const secret = await readClientSecret(account, environment);
  return secret === undefined ? environment : { ...environment, COGNITO_CLIENT_SECRET: secret };
}

function write({ out, force }: Options, environment: Record<string, string>): number {
  const sessionSecret = randomBytes(32).toString('base64url');
  const wrong = problemsOf({ ...environment, SESSION_SECRET: sessionSecret });
  if (wrong.length > 0) {
    console.error(
      `The stack's outputs are not valid settings for this site. ${out} was not changed:`,
    );
    for (const { variable, problem } of wrong) console.error(`  ${variable} ${problem}`);
    return 1;
  }

  const merged = mergeEnv(readEnvFile(out), environment, { force, sessionSecret });
  if (merged.kind === 'refused') {
    console.error(
      `${out} already has other values for ${merged.names.join(', ')}. It was not changed. Use --force to replace them.`,
    );
    return 1;
  }
  writeEnvFile(out, merged.text);
  const secret = environment.COGNITO_CLIENT_SECRET;
  const client = secret ? `a client secret of ${secret.length} characters` : 'a public app client';
  const session = merged.madeSecret ? 'a new SESSION_SECRET' : 'the existing SESSION_SECRET';
  warnOfGit(out);
  console.log(
    `Wrote ${out} for ${environment.COGNITO_REDIRECT_URI}, with ${client} and ${session}.`,
  );
  return 0;
}

function problemsOf(environment: Record<string, string>): readonly ConfigProblem[] {
  const result = parseConfig(environment);
  return result.ok ? [] : result.problems;
}

/** `git check-ignore` exits with 1 for a file that isn't ignored; other codes need no warning. */
function warnOfGit(file: string): void {
  const path = resolve(file);
  const args = ['-C', dirname(path), 'check-ignore', '--quiet', '--', path];
  const { status } = spawnSync('git', args, { stdio: 'ignore' });
  if (status === 1)
    console.error(`Warning: Git does not ignore ${file}. Do not commit it: it contains secrets.`);
}
