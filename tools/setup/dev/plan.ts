import type { Env } from '../../../lib/local-pool/src/refuse-to-serve';

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
