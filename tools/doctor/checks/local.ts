import { ADVICE, type Variable } from '../../../lib/cognito/config/advice';
import { isLoopback } from '../../../lib/cognito/config/values';
import type { CognitoConfig } from '../../../lib/cognito/protocol/cognito-config';
import { type Check, type Finding, ok, warning, wrong } from '../finding';
import { sizeOf } from '../report';
import { type Env, regionInPoolId, type Settings } from '../settings';

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

/** Words from examples, including `.env.example`. A secret that contains one was not generated. */
const WORDS = [
  ...['secret', 'password', 'passphrase', 'changeme', 'change-me', 'example', 'openssl', 'base64'],
  ...['characters', 'nobody', 'encrypt', 'session', 'cookie', 'cognito', 'nextjs', 'iron-session'],
  ...['development', 'localhost', 'qwerty', 'letmein', 'placeholder', 'replace', 'your-'],
];

/** In bits, estimated from the characters: 32 random hexadecimal digits have about 115. */
const LEAST_BITS = 90;

/**
 * Checks that the session secret is hard to guess. With it, an attacker can seal a session for any user.
 *
 * @param secret from the configuration, which has already checked its length
 */
export function sessionSecret(secret: CognitoConfig['sessionSecret']): Finding[] {
  const secrets = typeof secret === 'string' ? { '': secret } : secret;
  const weak = Object.entries(secrets).flatMap(([number, text]) => {
    const weakness = weaknessOf(text);
    const which = number === '' ? 'The secret' : `Secret number ${number}`;
    return weakness === undefined ? [] : [{ problem: `${which} ${weakness}`, text }];
  });
  if (weak.length === 0)
    return [ok('session-secret', Object.values(secrets).map(sizeOf).join(', '))];
  return weak.map(({ problem, text }) =>
    wrong('session-secret', {
      problem: `${problem}: an attacker who guesses it can impersonate every user`,
      value: sizeOf(text),
      fix: {
        here: 'Set SESSION_SECRET to the output of: openssl rand -base64 32. To keep existing sessions, run: npm run secret:rotate',
      },
    }),
  );
}

function weaknessOf(secret: string): string | undefined {
  if (/^(.{1,16}?)\1+.{0,15}$/s.test(secret)) return 'repeats itself';
  const small = secret.toLowerCase();
  if (WORDS.some((word) => small.includes(word))) return 'contains a word from an example';
  if (sharesSteps(secret)) return 'follows the alphabet';
  return bitsOf(secret) < LEAST_BITS ? 'uses too few different characters' : undefined;
}

/** The Shannon entropy per character, times the length: an upper bound of the real entropy. */
function bitsOf(secret: string): number {
  const counts = new Map<string, number>();
  for (const character of secret) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / secret.length);
  return bits;
}

/** Whether at least half of the characters directly follow or precede the one before, like "ab" or "21". */
function sharesSteps(secret: string): boolean {
  const codes = [...secret].map((character) => character.charCodeAt(0));
  const steps = codes.filter((code, at) => Math.abs(code - (codes[at - 1] ?? Number.NaN)) === 1);
  return steps.length * 2 >= codes.length;
}

/**
 * Checks that the site's addresses are consistent, and reports the resulting cookie settings.
 *
 * @param config the configuration
 */
export function addresses(config: CognitoConfig): Finding[] {
  const { origin, secure, domain, logoutUri } = config;
  const findings: Finding[] = [];
  const logoutOrigin = new URL(logoutUri).origin;
  // Signing out of a preview leads to the production site, because the preview's address isn't registered.
  if (logoutOrigin !== origin && config.preview?.role !== 'preview') {
    findings.push(
      warning('addresses', {
        problem: `After signing out, users land on ${logoutOrigin}, but this site is ${origin}: its cookies are not sent there`,
        value: logoutUri,
        fix: { here: `Set COGNITO_LOGOUT_URI=${origin}/, or unset it: this is the default` },
      }),
    );
  }
  if (!isLoopback(new URL(origin)) && isLoopback(new URL(domain))) {
    findings.push(
      wrong('addresses', {
        problem: `The site is at ${origin}, but its sign-in pages are on this machine, which visitors cannot reach`,
        value: domain,
        fix: { here: 'Set COGNITO_DOMAIN to the domain of your user pool, not of the local pool' },
      }),
    );
  }
  if (findings.length > 0) return findings;
  return [
    ok(
      'addresses',
      secure
        ? `${origin}: cookies are Secure, and the session cookie is __Host-session`
        : `${origin}: http on loopback, for development only; cookies are not Secure`,
    ),
  ];
}

/** The version in `engines` in package.json. */
const WANTED = [22, 13] as const;
/** The oldest version on which the commands work. */
const LEAST = [20, 20] as const;

/**
 * Checks that Node.js is new enough.
 *
 * @param version the version of Node.js, like `v22.13.0`
 */
export function nodeVersion(version: string): Finding {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  const isFrom = ([wantedMajor, wantedMinor]: readonly [number, number]) =>
    Number(major) > wantedMajor || (Number(major) === wantedMajor && Number(minor) >= wantedMinor);
  if (isFrom(WANTED)) return ok('node', version);
  const trouble = {
    problem: `Node.js is older than ${WANTED.join('.')}, the version that package.json requires`,
    value: version,
    fix: { here: 'Install the version in .nvmrc, e.g. with: nvm install' },
  };
  return isFrom(LEAST) ? warning('node', trouble) : wrong('node', trouble);
}
