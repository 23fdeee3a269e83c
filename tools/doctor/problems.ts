import { ADVICE, type Variable } from '../../lib/cognito/config/advice';
import { sizeOf } from './checks/session-secret';
import { type Check, type Finding, ok, wrong } from './finding';
import { type Env, regionInPoolId, type Settings } from './settings';

/** The check that each variable belongs to. */
const CHECK_OF: Readonly<Record<Variable, Check>> = {
  COGNITO_REGION: 'user-pool',
  COGNITO_USER_POOL_ID: 'user-pool',
  COGNITO_DOMAIN: 'domain',
  COGNITO_CLIENT_ID: 'app-client',
  COGNITO_CLIENT_SECRET: 'client-secret',
  COGNITO_REDIRECT_URI: 'redirect-uri',
  COGNITO_LOGOUT_URI: 'logout-uri',
  COGNITO_SCOPES: 'scopes',
  COGNITO_ISSUER: 'issuer',
  SESSION_SECRET: 'session-secret',
  SESSION_LIFETIME: 'settings',
  SESSION_IDLE: 'settings',
  PREVIEW_RELAY_SECRET: 'settings',
  PREVIEW_RELAY_HOSTS: 'settings',
  PREVIEW_ORIGIN: 'settings',
};

/**
 * The problems that the site would report when it starts, each under its check.
 *
 * @param env names and values
 * @param settings read from it
 */
export function problemFindings(env: Env, { problems }: Settings): Finding[] {
  if (problems.length === 0) return [ok('settings', 'complete, and every value is well-formed')];
  return problems.map(({ variable, problem }) =>
    wrong(CHECK_OF[variable], {
      problem: `${variable} ${problem}`,
      value: shownValue(env, variable),
      fix: { here: withRegion(env, variable) ?? withSpaces(env, variable) ?? ADVICE[variable] },
    }),
  );
}

function shownValue(env: Env, variable: Variable): string {
  const value = env[variable]?.trim() ?? '';
  if (value === '') return 'not set';
  return variable.endsWith('_SECRET') ? sizeOf(value) : JSON.stringify(value.slice(0, 200));
}

/** The likely cause of scopes that aren't valid. */
function withSpaces(env: Env, variable: Variable): string | undefined {
  const value = env.COGNITO_SCOPES ?? '';
  if (variable !== 'COGNITO_SCOPES' || !/[,;]/.test(value)) return undefined;
  const scopes = value.split(/[\s,;]+/).filter(Boolean);
  return `Separate the scopes with spaces: COGNITO_SCOPES="${scopes.join(' ')}"`;
}

/** Trusts the region in the pool ID: an ID is copied, a region is typed. */
function withRegion(env: Env, variable: Variable): string | undefined {
  const region = regionInPoolId(env);
  const isOfPool = variable === 'COGNITO_REGION' || variable === 'COGNITO_USER_POOL_ID';
  if (!isOfPool || region === undefined) return undefined;
  return `Set COGNITO_REGION=${region}, the region in the user pool ID, or use the ID of a pool in your region`;
}
