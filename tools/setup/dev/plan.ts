import type { Env } from '../../../lib/local-pool/src/refuse-to-serve';

/** What `npm run dev` starts. */
export type DevPlan =
  | { kind: 'local-pool' }
  | { kind: 'real-pool' }
  | { kind: 'incomplete'; set: string[]; missing: string[] };

/**
 * Without these a site with a real user pool cannot work; the secret, logout URI … are optional. The
 * site has a list of its own: the two share no code, and the contract is the names.
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
 * All or nothing: values of the local pool never mix with real ones.
 *
 * @param env environment and `.env*` files together; an empty value counts as not set
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
 * Says which names are there, which are not, and the two ways out. Values are never shown.
 *
 * @param plan an incomplete one
 * @param files the `.env*` files that were read, by name
 */
export function explainIncomplete(
  plan: Extract<DevPlan, { kind: 'incomplete' }>,
  files: readonly string[],
): string {
  const where = files.length === 0 ? 'the environment' : `the environment, ${files.join(', ')}`;
  return [
    'Nothing was started: the settings of a real user pool are incomplete.',
    '',
    `  set      ${plan.set.join('\n           ')}`,
    `  missing  ${plan.missing.join('\n           ')}`,
    '',
    `Read from ${where}. Two ways on:`,
    '  a real user pool:   fill in .env.local (.env.example says what each name means)',
    '  the local pool:     unset every COGNITO_* name; it needs none of them',
  ].join('\n');
}

/**
 * The port that the site should have.
 *
 * @param value of PORT
 * @returns the number, 3000 when nothing is set, or null for something that is no port
 */
export function parseSitePort(value: string | undefined): number | null {
  const text = (value ?? '').trim();
  if (text === '') return 3000;
  const port = Number(text);
  return /^\d+$/.test(text) && port >= 1 && port <= 65535 ? port : null;
}
