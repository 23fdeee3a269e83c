// `npm run doctor`: examines the settings of a real user pool from outside. `-- --help` says how.
// In package.json `--` stands before this file: Node 20 takes an --env-file behind it for its own.
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

Examines the settings of a user pool and its app client, and says of each whether it is right. It asks
the user pool from outside and needs no AWS credentials. It changes nothing, and takes three seconds.

  --env-file FILE   reads the settings from this file alone; default: the environment and the .env files,
                    as next does (NODE_ENV=production: those of production)
  --provider NAME   tries a link to /login?identity_provider=NAME too; can be given more than once
  --json            prints one JSON object:
                    { right, wrong, unknown, warnings, findings }, the first four being numbers of checks;
                    each finding has check and outcome (ok, wrong, warning or unknown) and, by its outcome,
                    seen (ok), why (unknown), or problem, value and fix { here, console, command }
  --help            this

Of a secret only its length is ever printed. The exit code is 0 if nothing is wrong, 1 if something is,
2 for options that are none, 3 if nothing was found wrong but something could not be told. With no
COGNITO_ variable at all there is nothing to examine: 0.
`;

const NOTHING =
  'Nothing to examine: no COGNITO_ variable is set, so npm run dev uses the local user pool.';

const yellow = (text: string) => (colors ? `\x1b[33m${text}\x1b[39m` : text);
const MARKS: Readonly<Record<Outcome, string>> = {
  ok: mark(true),
  wrong: mark(false),
  warning: yellow('!'),
  unknown: yellow('?'),
};

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
  if (!parsed.ok && parsed.blank) {
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
    return error instanceof Error ? error.message : 'These options are none.';
  }
}

/** @returns names and values, or why there are none */
async function readEnvironment(file: string | undefined): Promise<Env | string> {
  // What Next says of the files it reads is no part of the report.
  const quiet = { info: () => {}, error: console.error };
  if (file === undefined) {
    const isDevelopment = process.env.NODE_ENV !== 'production';
    return nextEnv.loadEnvConfig(process.cwd(), isDevelopment, quiet).combinedEnv;
  }
  // The file alone: what the environment has would go before it.
  for (const name of Object.keys(process.env)) {
    if (/^(COGNITO|SESSION|PREVIEW|VERCEL)_/.test(name)) delete process.env[name];
  }
  try {
    const loaded = { path: file, contents: await readFile(file, 'utf8'), env: {} };
    nextEnv.processEnv([loaded], process.cwd(), quiet, true);
    return loaded.env;
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : 'no reason given'}`;
  }
}
