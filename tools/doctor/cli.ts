// `npm run doctor`: checks the settings of a real user pool from outside. See `-- --help`.
// In package.json, `--` comes before this file: otherwise Node 20 would consume --env-file itself.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import nextEnv from '@next/env';
import { parseConfig } from '../../lib/cognito/config/parse-config';
import { colors, mark } from '../setup/progress.js';
import { examine } from './doctor';
import type { Outcome } from './finding';
import { count, jsonReport, report } from './report';
import type { Env } from './settings';

const HELP = `npm run doctor [-- options]

Checks your settings against your user pool and app client, and reports what is wrong and how to fix it.
It works from outside: it needs no AWS credentials, changes nothing, and takes at most three seconds.

  --env-file FILE   read the settings from this file only. By default they come from the environment and
                    the .env files, in Next's order (with NODE_ENV=production, the production files)
  --provider NAME   also check that /login?identity_provider=NAME works; can be repeated
  --json            print one JSON object: { right, wrong, unknown, warnings, findings }. The first four
                    count checks. Each finding has check, outcome and, by outcome:
                      ok              seen
                      unknown         why
                      wrong, warning  problem, value and fix { here, console, command }
  --help            show this help

Secrets are never printed, only their length.

Exit codes:
  0   nothing is wrong and every check completed, or, without --env-file, no COGNITO_ variable is set
  1   at least one setting is wrong
  2   invalid options, or the file cannot be read
  3   nothing is wrong, but some checks couldn't be completed
`;

const NOTHING =
  'Nothing to check: no COGNITO_ variable is set, so npm run dev uses the local user pool.';

const yellow = (text: string) => (colors ? `\x1b[33m${text}\x1b[39m` : text);
const MARKS: Readonly<Record<Outcome, string>> = {
  ok: mark(true),
  wrong: mark(false),
  warning: yellow('!'),
  unknown: yellow('?'),
};

const REASONS = new Map<unknown, string>([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder. Name the file in it, such as .env.local'],
  ['EACCES', "this user isn't allowed to read it"],
]);

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string') {
    console.error(`${options}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const env = await readEnvironment(options['env-file']);
  if (typeof env === 'string') {
    console.error(env);
    return 2;
  }
  const parsed = parseConfig(env);
  // A file that sets nothing is a mistake; an environment that sets nothing means the local pool.
  if (!parsed.ok && parsed.blank && options['env-file'] === undefined) {
    console.log(options.json ? JSON.stringify(jsonReport([])) : NOTHING);
    return 0;
  }
  const findings = await examine({
    env,
    nodeVersion: process.version,
    uuid: randomUUID(),
    identityProviders: options.provider ?? [],
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now() / 1000,
  });
  console.log(options.json ? JSON.stringify(jsonReport(findings)) : report(findings, MARKS));
  const { wrong, unknown } = count(findings);
  if (wrong > 0) return 1;
  return unknown > 0 ? 3 : 0;
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        'env-file': { type: 'string' },
        provider: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : 'Invalid options.';
  }
}

/** @returns names and values, or an error message */
async function readEnvironment(file: string | undefined): Promise<Env | string> {
  // Keep Next's own messages about these files out of the report.
  const quiet = { info: () => {}, error: console.error };
  if (file === undefined) {
    const isDevelopment = process.env.NODE_ENV !== 'production';
    return nextEnv.loadEnvConfig(process.cwd(), isDevelopment, quiet).combinedEnv;
  }
  // Read the file only: variables in the environment would take precedence over it.
  for (const name of Object.keys(process.env)) {
    if (/^(COGNITO|SESSION|PREVIEW|VERCEL)_/.test(name)) delete process.env[name];
  }
  try {
    const loaded = { path: file, contents: await readFile(file, 'utf8'), env: {} };
    nextEnv.processEnv([loaded], process.cwd(), quiet, true);
    return loaded.env;
  } catch (error) {
    return `Cannot read ${file}: ${reasonOf(error)}.`;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return REASONS.get(Reflect.get(error, 'code')) ?? error.message;
}
