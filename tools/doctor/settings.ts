import type { Variable } from '../../lib/cognito/config/advice';
import { type ConfigProblem, parseConfig } from '../../lib/cognito/config/parse-config';
import type { CognitoConfig } from '../../lib/cognito/protocol/cognito-config';

export type Env = Readonly<Record<string, string | undefined>>;

/** The usable part of an environment. */
export interface Settings {
  /** Always complete: stand-ins replace missing and invalid values. `sound` says which parts are real. */
  readonly config: CognitoConfig;
  readonly problems: readonly ConfigProblem[];
  /** Which parts of `config` come from the environment and can be checked. */
  readonly sound: Readonly<
    Record<
      'issuer' | 'api' | 'domain' | 'client' | 'redirectUri' | 'origin' | 'logoutUri' | 'scopes',
      boolean
    >
  >;
}

/**
 * Reads an environment that may contain errors, so that the valid part can still be checked.
 *
 * @param env names and values
 */
export function readSettings(env: Env): Settings {
  const first = parseConfig(env);
  const bad = new Set<Variable>();
  // One wrong value can hide another: a wrong region hides a wrong user pool ID.
  for (;;) {
    const parsed = parseConfig(withStandIns(env, bad));
    if (parsed.ok) {
      const problems = first.ok ? [] : first.problems;
      return { config: parsed.config, problems, sound: soundParts(env, bad) };
    }
    const more = parsed.problems.filter(({ variable }) => !bad.has(variable));
    // Unreachable: the stand-ins alone are a valid configuration.
    if (more.length === 0) throw new Error('The stand-ins are not a valid configuration.');
    for (const { variable } of more) bad.add(variable);
  }
}

/** Valid values that belong to no user pool. */
const STAND_INS: Readonly<Partial<Record<Variable, string>>> = {
  COGNITO_REGION: 'us-east-1',
  COGNITO_USER_POOL_ID: 'us-east-1_StandIn',
  COGNITO_DOMAIN: 'https://stand-in.invalid',
  COGNITO_CLIENT_ID: 'stand_in',
  COGNITO_REDIRECT_URI: 'https://stand-in.invalid/login',
  SESSION_SECRET: 'stand-in:Zk3vQ9wL7Tx2Bn8Yd5Hm4Jc6',
  PREVIEW_RELAY_SECRET: 'stand-in:Wq8eRt5Yu2Io9Pa6Sd3Fg0Hj',
  PREVIEW_RELAY_HOSTS: 'stand-in.invalid',
  PREVIEW_ORIGIN: 'https://preview.stand-in.invalid',
};

function withStandIns(env: Env, bad: ReadonlySet<Variable>): Env {
  const values: Record<string, string | undefined> = { ...env };
  for (const variable of bad) values[variable] = STAND_INS[variable];
  if (!bad.has('COGNITO_REGION') && !bad.has('COGNITO_USER_POOL_ID')) return values;
  const region = regionInPoolId(env);
  if (region === undefined) return { ...values, ...POOL_STAND_IN };
  return {
    ...values,
    COGNITO_REGION: region,
    COGNITO_USER_POOL_ID: env.COGNITO_USER_POOL_ID,
  };
}

const POOL_STAND_IN = {
  COGNITO_REGION: STAND_INS.COGNITO_REGION,
  COGNITO_USER_POOL_ID: STAND_INS.COGNITO_USER_POOL_ID,
};

/**
 * The region in a user pool ID. COGNITO_REGION may disagree, but the ID is copied, not typed.
 *
 * @param env names and values
 * @returns e.g. `us-west-2`; undefined if the ID is malformed
 */
export function regionInPoolId(env: Env): string | undefined {
  const id = env.COGNITO_USER_POOL_ID?.trim() ?? '';
  return /^([a-z]{2}(?:-[a-z]+)+-\d)_[0-9a-zA-Z]{1,40}$/.exec(id)?.[1];
}

function soundParts(env: Env, bad: ReadonlySet<Variable>): Settings['sound'] {
  const isSet = (variable: Variable) => (env[variable]?.trim() ?? '') !== '';
  const pool = regionInPoolId(env) !== undefined;
  const isHost = /\.|:\/\//.test(env.COGNITO_DOMAIN ?? '');
  const redirectUri = !bad.has('COGNITO_REDIRECT_URI');
  return {
    issuer: isSet('COGNITO_ISSUER') ? !bad.has('COGNITO_ISSUER') : pool,
    // A local pool serves the API at its issuer's address, so an invalid issuer leaves that open.
    api: pool && !bad.has('COGNITO_ISSUER'),
    // A domain prefix needs the region to become a host name.
    domain: !bad.has('COGNITO_DOMAIN') && (isHost || pool || !bad.has('COGNITO_REGION')),
    client: !bad.has('COGNITO_CLIENT_ID'),
    redirectUri,
    origin: redirectUri && !bad.has('PREVIEW_ORIGIN'),
    logoutUri: isSet('COGNITO_LOGOUT_URI') ? !bad.has('COGNITO_LOGOUT_URI') : redirectUri,
    scopes: !bad.has('COGNITO_SCOPES'),
  };
}
