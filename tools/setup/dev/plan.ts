import type { Env } from '../../../lib/local-pool/src/refuse-to-serve';
import type { User } from '../../../lib/local-pool/src/settings';
import { remarkOn } from '../../../lib/local-pool/src/user-remark';

/** What `npm run dev` starts. */
export type DevPlan =
  | { kind: 'local-pool' }
  | { kind: 'real-pool' }
  | { kind: 'incomplete'; set: string[]; missing: string[] };

/**
 * The variables that a real user pool needs; the client secret, logout URI and others are optional. The
 * site has its own list: it shares no code with this one, only the names.
 */
const REQUIRED = [
  'COGNITO_REGION',
  'COGNITO_USER_POOL_ID',
  'COGNITO_DOMAIN',
  'COGNITO_CLIENT_ID',
  'COGNITO_REDIRECT_URI',
  'SESSION_SECRET',
];

/**
 * Decides all or nothing: settings of the local pool never mix with those of a real pool.
 *
 * @param env the environment and the `.env*` files combined; an empty value counts as not set
 */
export function planDevelopment(env: Env): DevPlan {
  const isSet = (name: string) => (env[name] ?? '').trim() !== '';
  const set = Object.keys(env)
    .filter((name) => name.startsWith('COGNITO_') && isSet(name))
    .sort();
  if (set.length === 0) return { kind: 'local-pool' };
  const missing = REQUIRED.filter((name) => !isSet(name));
  return missing.length === 0 ? { kind: 'real-pool' } : { kind: 'incomplete', set, missing };
}

/**
 * Explains which variables are set, which are missing, and what to do. Never shows a value.
 *
 * @param plan an incomplete plan
 * @param files the names of the `.env*` files that were read
 */
export function explainIncomplete(
  plan: Extract<DevPlan, { kind: 'incomplete' }>,
  files: readonly string[],
): string {
  const where = ['the environment', ...files].join(', ');
  return [
    'Nothing was started: the settings for a real user pool are incomplete.',
    '',
    `  set      ${plan.set.join('\n           ')}`,
    `  missing  ${plan.missing.join('\n           ')}`,
    '',
    `Read from: ${where}`,
    '',
    'To continue, choose one:',
    '  use a real user pool:  set the missing variables in .env.local (.env.example explains them)',
    '  use the local pool:    unset every COGNITO_* variable',
  ].join('\n');
}

/**
 * The message that appears once the site is running with the local pool.
 *
 * @param site the site's address
 * @param pool the local pool's address
 * @param users the users who can sign in; their passwords are public
 * @param ports `taken`: the port that the site would have, if another program uses it
 */
export function localPoolNotice(
  site: string,
  pool: string,
  users: readonly User[],
  { taken }: { taken?: number | undefined } = {},
): string {
  const people = users.map((user) => {
    const { username, password = '' } = user;
    return `${username.padEnd(8)}${password.padEnd(20)}${remarkOn(user)}`;
  });
  return block([
    ['Site', taken === undefined ? site : `${site}   port ${taken} is in use`],
    ['Local pool', `${pool}   simulates Amazon Cognito: emails, codes, users, outages`],
    ['', '                        its data is lost when it stops'],
    ['', ''],
    ...people.map((line, index): Row => [index === 0 ? 'Sign in as' : '', line]),
    ['', ''],
    ['Try', '/         sign in, look around, sign out'],
    ['', '/flow     the sign-in flow step by step, with your own session'], // demo
    ['', '/profile  your claims and token lifetimes'], // demo
    ['', '/notes    data that belongs to a user'],
    ['', '/admin    200 for alice, 403 for bob'],
    ['', '/api/me   the same session as JSON'],
    ['', ''],
    ['Real pool', 'set the variables of .env.example in .env.local, and restart'],
    ['Stop', 'Ctrl-C'],
  ]);
}

/**
 * The message that appears once the site is running with a real user pool.
 *
 * @param site the site's address
 * @param redirectUri the value of COGNITO_REDIRECT_URI
 */
export function realPoolNotice(site: string, redirectUri: string): string {
  const text = redirectUri.trim();
  const origin = URL.canParse(text) ? new URL(text).origin : undefined;
  return block([
    ['Site', site],
    ...(origin === undefined || origin === site ? [] : [elsewhere(origin)]),
    ['User pool', 'from your COGNITO_* settings; the local pool is not running'],
    ['Stop', 'Ctrl-C'],
  ]);
}

/** A sign-in that starts here ends there, without this site's cookies. */
function elsewhere(origin: string): Row {
  return ['Note', `COGNITO_REDIRECT_URI leads to ${origin}: sign-ins end there, not here`];
}

type Row = [label: string, text: string];

function block(rows: readonly Row[]): string {
  const lines = rows.map(([label, text]) => `  ${label.padEnd(12)}${text}`.trimEnd());
  return ['', ...lines, ''].join('\n');
}
