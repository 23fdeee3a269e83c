/**
 * The doctor: checks a site's settings against its user pool from outside, without AWS credentials. It
 * changes nothing, redeems nothing, follows no redirect to the site, and takes at most three seconds.
 */
import type { Fetch } from '../../lib/cognito/protocol/wire';
import { clientSecret, tokenRevocation, tryCredentials } from './checks/client-secret';
import {
  domain,
  domainToAsk,
  isOfKnownClient,
  mayHaveSecret,
  type NamedDomain,
  namedDomain,
} from './checks/domain';
import { addresses, nodeVersion, problemFindings, sessionSecret } from './checks/local';
import { logoutUri, tryLogout } from './checks/registered-urls';
import { accountScope } from './checks/scopes';
import { identityProvider, type SignInTrial, signIn, trySignIn } from './checks/sign-in';
import { accountApi, clock, issuer, tryApi, userPool } from './checks/user-pool';
import { type Check, type Finding, ok, unknown } from './finding';
import { createProbe, type EndAfter, type Probe } from './probe';
import { redact } from './report';
import { type Env, readSettings, type Settings } from './settings';

export interface Patient {
  /** Names and values, as the process has them. */
  readonly env: Env;
  /** Like `v22.13.0`. */
  readonly nodeVersion: string;
  /** A fresh UUID, sent as an authorization code that Cognito never issued. */
  readonly uuid: string;
  /** Names to try in `/login?identity_provider=…`; none by default. */
  readonly identityProviders?: readonly string[];
  readonly fetch: Fetch;
  /** Seconds since 1970, not rounded. */
  readonly now: () => number;
  /** Aborts a request after this many milliseconds; default: `AbortSignal.timeout`. */
  readonly endAfter?: EndAfter;
}

/**
 * Runs all checks that are possible from outside.
 *
 * @param patient the settings, and how to send requests
 * @returns one or more findings per check, without any secret
 */
export async function examine(patient: Patient): Promise<readonly Finding[]> {
  const { env, fetch, now, endAfter = (ms) => AbortSignal.timeout(ms) } = patient;
  const settings = readSettings(env);
  const probe = createProbe({ fetch, now, endAfter });
  const findings = [
    ...problemFindings(env, settings),
    nodeVersion(patient.nodeVersion),
    ...(hasProblem(settings, 'SESSION_SECRET') ? [] : sessionSecret(settings.config.sessionSecret)),
    ...(settings.sound.origin && settings.sound.logoutUri && settings.sound.domain
      ? addresses(settings.config)
      : [unknown('addresses', unusable(settings, ADDRESS_VARIABLES))]),
    ...(await examinePool(patient, settings, probe)),
  ];
  return withoutEchoes(findings).map((finding) => redact(finding, env));
}

const ADDRESS_VARIABLES = [
  'COGNITO_REDIRECT_URI',
  'COGNITO_LOGOUT_URI',
  'COGNITO_DOMAIN',
  'PREVIEW_ORIGIN',
  'COGNITO_REGION',
  'COGNITO_USER_POOL_ID',
];

/** Names the variable that keeps a check from running. */
function unusable({ problems }: Settings, variables: readonly string[]): string {
  const variable = variables.find((name) => problems.some((problem) => problem.variable === name));
  return `${variable ?? variables[0]} is missing or invalid`;
}

function hasProblem({ problems }: Settings, variable: string): boolean {
  return problems.some((problem) => problem.variable === variable);
}

/** Drops "unknown" findings of a check that already has a "wrong" one. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const isWrong = (check: Check) =>
    findings.some((finding) => finding.check === check && finding.outcome === 'wrong');
  return findings.filter(({ check, outcome }) => outcome !== 'unknown' || !isWrong(check));
}

async function examinePool(
  patient: Patient,
  settings: Settings,
  probe: Probe,
): Promise<readonly Finding[]> {
  const { config, sound } = settings;
  const [keys, discovery, bare, api] = await Promise.all([
    sound.issuer ? probe({ url: `${config.issuer}/.well-known/jwks.json` }) : undefined,
    sound.issuer ? probe({ url: `${config.issuer}/.well-known/openid-configuration` }) : undefined,
    sound.domain ? probe({ url: `${config.domain}/oauth2/authorize` }) : undefined,
    sound.api ? tryApi(probe, config) : undefined,
  ]);
  const named: NamedDomain = discovery ? namedDomain(config, discovery) : { kind: 'silent' };
  const origin = sound.domain || named.kind === 'named' ? domainToAsk(config, named) : undefined;
  const client =
    origin === undefined
      ? { findings: CLIENT_CHECKS.map((check) => unknown(check, NO_DOMAIN)), trial: undefined }
      : await examineClient(patient, settings, probe, { origin, named });
  const landing = origin === config.domain ? client.trial?.landing : undefined;
  const clocks = [keys, discovery, bare].flatMap((answer) => answer ?? []);
  return [
    keys ? userPool(config, keys) : unknown('user-pool', unusable(settings, POOL_VARIABLES)),
    discovery ? issuer(config, discovery) : unknown('issuer', unusable(settings, POOL_VARIABLES)),
    bare
      ? domain(config, named, bare, landing)
      : unknown('domain', 'COGNITO_DOMAIN is missing or invalid'),
    clock(clocks),
    ...client.findings,
    sound.scopes
      ? accountScope(config)
      : unknown('account-scope', 'COGNITO_SCOPES is missing or invalid'),
    api ? accountApi(config, api) : unknown('account-api', unusable(settings, POOL_VARIABLES)),
  ];
}

const POOL_VARIABLES = ['COGNITO_USER_POOL_ID', 'COGNITO_REGION', 'COGNITO_ISSUER'];

const NO_DOMAIN = 'there is no domain to send requests to';

const CLIENT_CHECKS = [
  'app-client',
  'client-secret',
  'redirect-uri',
  'code-grant',
  'scopes',
  'identity-providers',
  'login-pages',
  'logout-uri',
  'token-revocation',
] as const satisfies readonly Check[];

async function examineClient(
  patient: Patient,
  { config: configured, sound }: Settings,
  probe: Probe,
  { origin, named }: { origin: string; named: NamedDomain },
): Promise<{ findings: readonly Finding[]; trial: SignInTrial | undefined }> {
  if (!sound.client) {
    const why = 'COGNITO_CLIENT_ID is missing or invalid';
    return { findings: CLIENT_CHECKS.map((check) => unknown(check, why)), trial: undefined };
  }
  const config = { ...configured, domain: origin };
  const sendSecret = origin === configured.domain && mayHaveSecret(configured, named);
  const [trial, credentials, logout, providers] = await Promise.all([
    sound.redirectUri ? trySignIn(probe, config) : undefined,
    tryCredentials(probe, config, { code: patient.uuid, sendSecret }),
    sound.logoutUri ? tryLogout(probe, config) : undefined,
    Promise.all(
      (patient.identityProviders ?? []).map((name) => identityProvider(probe, config, name)),
    ),
  ]);
  const isKnown =
    (trial !== undefined && isOfKnownClient(trial.landing)) ||
    credentials.withSecret === 'accepted' ||
    credentials.alone === 'accepted' ||
    logout?.kind === 'registered';
  const findings = [
    ...(trial
      ? signIn(config, trial, isKnown)
      : SIGN_IN_CHECKS.map((check) =>
          check === 'app-client' && isKnown
            ? ok(check, config.clientId)
            : unknown(check, 'COGNITO_REDIRECT_URI is missing or invalid'),
        )),
    clientSecret(config, credentials, isKnown),
    logout
      ? logoutUri(config, logout, isKnown)
      : unknown('logout-uri', 'COGNITO_LOGOUT_URI is missing or invalid'),
    tokenRevocation(config, credentials, isKnown),
    ...providers,
  ];
  // With invalid scopes the requests used stand-ins, so their results say nothing about the scopes.
  return { findings: findings.filter(({ check }) => check !== 'scopes' || sound.scopes), trial };
}

const SIGN_IN_CHECKS = [
  'app-client',
  'redirect-uri',
  'code-grant',
  'scopes',
  'identity-providers',
  'login-pages',
] as const satisfies readonly Check[];
