import { parseArgs } from 'node:util';
import { ADVICE } from '@/lib/cognito/config/advice';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import type { CognitoConfig } from '@/lib/cognito/protocol/cognito-config';

/** The options of `npm run --prefix tools/workshop verify:aws`. */
export interface VerifyOptions {
  readonly config: CognitoConfig;
  readonly username: string;
  readonly password: string;
  /** `form` and `browser` are for tests; `auto` uses the form if the page has one. */
  readonly pages: 'auto' | 'form' | 'browser';
}

export type ParsedVerify =
  | { kind: 'run'; options: VerifyOptions }
  | { kind: 'help' }
  | { kind: 'wrong'; problems: readonly string[] };

export const VERIFY_HELP = `Compares a real user pool with the local one, row by row of tools/workshop/fidelity/results.md.

  npm run --prefix tools/workshop verify:aws -- --pool us-west-2_AbCdEfGhI

It sends requests from outside and signs in once; it changes nothing. You need a test user without MFA.
Set the rest in the environment or in .env.local:

  COGNITO_REGION, COGNITO_DOMAIN, COGNITO_CLIENT_ID, COGNITO_CLIENT_SECRET, COGNITO_REDIRECT_URI,
  COGNITO_LOGOUT_URI, COGNITO_SCOPES, COGNITO_ISSUER    as for the site, which doesn't have to run
  VERIFY_USERNAME, VERIFY_PASSWORD                      the test user

  --pool ID            the user pool (COGNITO_USER_POOL_ID)
  --pages form|browser how to sign in; by default, with a browser for managed login only

It exits with 0 if only known differences are found, and with 1 otherwise.`;

const options = {
  pool: { type: 'string' },
  pages: { type: 'string', default: 'auto' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * Reads the command line and the environment. All problems are reported together, without the value of
 * a secret.
 *
 * @param args without `node` and the script
 * @param env names and values, `.env` files included
 */
export function parseVerifyOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParsedVerify {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { kind: 'wrong', problems: [parsed] };
  if (parsed.help) return { kind: 'help' };

  const problems: string[] = [];
  const { pages } = parsed;
  if (!isPages(pages)) problems.push(`--pages must be form or browser, not "${pages}".`);
  const username = env.VERIFY_USERNAME?.trim() ?? '';
  if (username === '') problems.push('VERIFY_USERNAME is not set. Set it to the test user.');
  // A password may start or end with a space.
  const password = env.VERIFY_PASSWORD ?? '';
  if (password === '')
    problems.push('VERIFY_PASSWORD is not set. Set it to the password of the test user.');

  // No session is sealed here, so any secret works.
  const pool = parsed.pool ?? env.COGNITO_USER_POOL_ID;
  const checked = parseConfig({
    ...env,
    COGNITO_USER_POOL_ID: pool,
    COGNITO_REGION: env.COGNITO_REGION ?? pool?.split('_')[0],
    SESSION_SECRET: 'never-seals:Lm3Kn6Jb9Hv2Gc5Fx8Dz1Sa4P',
  });
  if (!checked.ok) {
    problems.push(
      ...checked.problems.map((one) => `${one.variable} ${one.problem}. ${ADVICE[one.variable]}`),
    );
  }
  if (problems.length > 0 || !checked.ok || !isPages(pages)) return { kind: 'wrong', problems };
  return { kind: 'run', options: { config: checked.config, username, password, pages } };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const [problem] = (error instanceof Error ? error.message : '').split(/\. |\n/);
    return `${problem ?? 'The command line cannot be read'}. See --help.`;
  }
}

function isPages(value: string): value is VerifyOptions['pages'] {
  return ['auto', 'form', 'browser'].includes(value);
}
