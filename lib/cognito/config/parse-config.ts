import { isHostPattern } from '../previews/preview-hosts';
import type { CognitoConfig, PreviewRole } from '../protocol/cognito-config';
import { asUrl } from '../protocol/url';
import { ADVICE, type Variable } from './advice';
import { type ProductionUrls, productionUrls, withVercelDefaults } from './vercel';

/** One wrong or missing variable. Holds no value of a secret. */
export interface ConfigProblem {
  readonly variable: Variable;
  readonly problem: string;
  /** What a right value looks like and where in the AWS console it is found. */
  readonly remedy: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: CognitoConfig }
  | {
      readonly ok: false;
      /** A first deploy: no `COGNITO_*` variable is set at all. */
      readonly blank: boolean;
      readonly problems: readonly ConfigProblem[];
      /** What to register with the app client, where the host names its production domain. */
      readonly urls: ProductionUrls | undefined;
    };

const DEFAULT_SCOPES = 'openid email profile phone aws.cognito.signin.user.admin';
const MIN_SECRET_LENGTH = 32;
/** In seconds. Cognito's default life of a refresh token; Chromium keeps no cookie for longer than 400 days. */
const DEFAULT_LIFETIME = 30 * 86_400;
const MAX_LIFETIME = 400 * 86_400;

/**
 * Turns an environment into a configuration, or into the list of everything that is wrong with it.
 *
 * @param given names and values, for example `process.env`; values are trimmed, empty means unset
 * @returns the configuration, or every problem at once
 */
export function parseConfig(given: Readonly<Record<string, string | undefined>>): ConfigResult {
  const env = withVercelDefaults(given);
  const problems: ConfigProblem[] = [];
  const failed = () =>
    ({ ok: false, blank: isBlank(given), problems, urls: productionUrls(given) }) as const;
  const read = (variable: Variable) => env[variable]?.trim() || undefined;
  const report = (variable: Variable, problem: string) => {
    problems.push({ variable, problem, remedy: ADVICE[variable] });
  };
  /** Reads one variable through a parser that returns `{ problem }` for a bad value. */
  const parse = <T>(variable: Variable, parser: (value: string) => T | Problem): T | undefined => {
    const value = read(variable);
    if (value === undefined) return undefined;
    const parsed = parser(value);
    if (!isProblem(parsed)) return parsed;
    report(variable, parsed.problem);
    return undefined;
  };

  for (const variable of REQUIRED) if (read(variable) === undefined) report(variable, 'is not set');

  const region = parse('COGNITO_REGION', parseRegion);
  const userPoolId = parse('COGNITO_USER_POOL_ID', (value) => parseUserPoolId(value, region));
  const domain = parse('COGNITO_DOMAIN', (value) => parseDomain(value, region));
  const clientId = parse('COGNITO_CLIENT_ID', parseClientId);
  const redirectUri = parse('COGNITO_REDIRECT_URI', parseRedirectUri);
  const logoutUri = parse('COGNITO_LOGOUT_URI', (value) => parseUrl(value) ?? value);
  const scopes = parse('COGNITO_SCOPES', parseScopes);
  const issuer = parse('COGNITO_ISSUER', parseIssuer);
  const sessionSecret = parse('SESSION_SECRET', parseSessionSecret);
  const sessionLifetime = parse('SESSION_LIFETIME', parseDuration) ?? DEFAULT_LIFETIME;
  const sessionIdle = parse('SESSION_IDLE', parseDuration);

  const registered = redirectUri === undefined ? undefined : new URL(redirectUri).origin;
  const relaySecret = parse('PREVIEW_RELAY_SECRET', (value) =>
    parseRelaySecret(value, sessionSecret),
  );
  const relayHosts = parse('PREVIEW_RELAY_HOSTS', parseHostPatterns);
  const previewOrigin = parse('PREVIEW_ORIGIN', (value) => parsePreviewOrigin(value, registered));
  const relayed = read('PREVIEW_RELAY_HOSTS') !== undefined || read('PREVIEW_ORIGIN') !== undefined;
  if (relayed && read('PREVIEW_RELAY_SECRET') === undefined) {
    report('PREVIEW_RELAY_SECRET', 'is not set, though PREVIEW_RELAY_HOSTS or PREVIEW_ORIGIN is');
  }
  if (relaySecret !== undefined && !relayed) {
    report('PREVIEW_RELAY_HOSTS', 'is not set, nor is PREVIEW_ORIGIN: one of them says who relays');
  }

  if (problems.length > 0 || !region || !userPoolId || !domain || !clientId || !redirectUri) {
    return failed();
  }
  if (!sessionSecret || registered === undefined) return failed();

  const origin = previewOrigin ?? registered;
  const api = `https://cognito-idp.${region}.${awsSuffix(region)}`;
  return {
    ok: true,
    config: Object.freeze({
      region,
      userPoolId,
      clientId,
      clientSecret: read('COGNITO_CLIENT_SECRET'),
      domain,
      issuer: issuer ?? `${api}/${userPoolId}`,
      // A loopback issuer is a local pool, which serves the API on the same origin.
      api: issuer && isLoopback(new URL(issuer)) ? new URL(issuer).origin : api,
      redirectUri,
      logoutUri: logoutUri ?? `${registered}/`,
      origin,
      secure: origin.startsWith('https:'),
      scopes: scopes ?? DEFAULT_SCOPES,
      sessionSecret,
      sessionLifetime,
      sessionIdle,
      preview: previewRole(relaySecret, relayHosts, previewOrigin),
    }),
  };
}

const REQUIRED = [
  'COGNITO_REGION',
  'COGNITO_USER_POOL_ID',
  'COGNITO_DOMAIN',
  'COGNITO_CLIENT_ID',
  'COGNITO_REDIRECT_URI',
  'SESSION_SECRET',
] as const satisfies readonly Variable[];

interface Problem {
  readonly problem: string;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value;
}

function isBlank(env: Readonly<Record<string, string | undefined>>): boolean {
  return !Object.keys(env).some((name) => name.startsWith('COGNITO_') && env[name]?.trim());
}

function parseRegion(value: string): string | Problem {
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(value) ? value : not(value, 'an AWS region');
}

function parseUserPoolId(value: string, region: string | undefined): string | Problem {
  if (value.length > 55 || !/^[\w-]+_[0-9a-zA-Z]+$/.test(value))
    return not(value, 'a user pool id');
  if (region && !value.startsWith(`${region}_`)) {
    return { problem: `is ${quote(value)}, but COGNITO_REGION is ${quote(region)}` };
  }
  return value;
}

/** A prefix, a host name, or an origin with scheme: see `COGNITO_DOMAIN` in the README. */
function parseDomain(value: string, region: string | undefined): string | Problem {
  if (value.includes('://')) {
    const url = parseUrl(value);
    if (typeof url !== 'string') return url ?? { problem: 'is not a URL' };
    const { origin } = new URL(url);
    return value === origin || value === `${origin}/` ? origin : not(value, 'an origin: no path');
  }
  if (value.includes('.')) {
    const origin = `https://${value.toLowerCase()}`;
    const host = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(value) && isOrigin(origin);
    return host ? origin : not(value, 'a host name');
  }
  const prefix = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
  if (!prefix.test(value)) return not(value, 'a domain prefix');
  if (!region) return value; // Reported already, as the region's own problem.
  // GovCloud has only the FIPS form, China its own suffix.
  const auth = region.startsWith('us-gov-') ? 'auth-fips' : 'auth';
  const suffix = awsSuffix(region).replace('amazonaws', 'amazoncognito');
  const origin = `https://${value}.${auth}.${region}.${suffix}`;
  return isOrigin(origin) ? origin : not(value, 'a domain prefix');
}

/** A parser knows more than a pattern: "a.999" is no address, and "0x7f.1" is another one. */
function isOrigin(text: string): boolean {
  return asUrl(text)?.origin === text;
}

function parseClientId(value: string): string | Problem {
  return value.length <= 128 && /^[\w+]+$/.test(value) ? value : not(value, 'an app client id');
}

function parseRedirectUri(value: string): string | Problem {
  const url = parseUrl(value);
  if (typeof url !== 'string') return url ?? not(value, 'a URL');
  const { origin } = new URL(value);
  // Byte for byte: anything a URL parser would rewrite is a `redirect_mismatch` waiting to happen.
  if (value === `${origin}/login` || value === `${origin}/login/`) return value;
  return {
    problem: `is ${quote(value)}: its path must be /login or /login/, with nothing after it`,
  };
}

function parseScopes(value: string): string | Problem {
  const scopes = value.split(/\s+/);
  if (!scopes.includes('openid')) return { problem: 'has no "openid": there would be no ID token' };
  // RFC 6749, section 3.3
  const odd = scopes.find((scope) => !/^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope));
  return odd === undefined ? scopes.join(' ') : not(odd, 'a scope');
}

function parseIssuer(value: string): string | Problem {
  const url = parseUrl(value);
  if (typeof url !== 'string') return url ?? not(value, 'a URL');
  return value.endsWith('/') || value.includes('?')
    ? not(value, 'an issuer: no slash at the end')
    : value;
}

/** Never quotes the value: it is a secret even when it is a bad one. */
function parseSessionSecret(value: string): CognitoConfig['sessionSecret'] | Problem {
  const short = { problem: `must have at least ${MIN_SECRET_LENGTH} characters` };
  if (!value.startsWith('{')) return value.length >= MIN_SECRET_LENGTH ? value : short;
  const shape = { problem: 'must be a JSON object of numbered secrets, like {"2":"…","1":"…"}' };
  const numbered = parseJson(value);
  if (typeof numbered !== 'object' || numbered === null) return shape;
  const secrets: Record<string, string> = {};
  for (const [id, secret] of Object.entries(numbered)) {
    if (!/^(0|[1-9]\d{0,8})$/.test(id) || typeof secret !== 'string') return shape;
    if (secret.length < MIN_SECRET_LENGTH) return short;
    secrets[id] = secret;
  }
  return Object.keys(secrets).length > 0 ? secrets : shape;
}

/**
 * Never the session secret: whoever can deploy a preview reads its environment, and would seal sessions
 * for production with it.
 */
function parseRelaySecret(
  value: string,
  sessionSecret: CognitoConfig['sessionSecret'] | undefined,
): string | Problem {
  const own = typeof sessionSecret === 'object' ? Object.values(sessionSecret) : [sessionSecret];
  if (own.includes(value)) return { problem: 'is SESSION_SECRET: make another one' };
  if (value.length >= MIN_SECRET_LENGTH) return value;
  return { problem: `must have at least ${MIN_SECRET_LENGTH} characters` };
}

function parseHostPatterns(value: string): readonly string[] | Problem {
  const patterns = value.split(/[\s,]+/).filter((pattern) => pattern !== '');
  const odd = patterns.find((pattern) => !isHostPattern(pattern));
  return odd === undefined ? patterns : not(odd, 'a host name of your previews alone');
}

function parsePreviewOrigin(value: string, registered: string | undefined): string | Problem {
  const url = parseUrl(value);
  if (typeof url !== 'string') return url ?? not(value, 'an origin');
  const { origin } = new URL(value);
  if (value !== origin && value !== `${origin}/`) return not(value, 'an origin: no path');
  return origin === registered
    ? { problem: 'is the origin of COGNITO_REDIRECT_URI: a preview has one of its own' }
    : origin;
}

/** A preview relays nothing, whatever else is set: settings are often shared with production. */
function previewRole(
  secret: string | undefined,
  hosts: readonly string[] | undefined,
  origin: string | undefined,
): PreviewRole | undefined {
  if (secret === undefined) return undefined;
  if (origin !== undefined) return { role: 'preview', secret };
  return hosts === undefined ? undefined : { role: 'relay', secret, hosts };
}

/** A whole number and a unit, from a minute to 400 days; in seconds. */
function parseDuration(value: string): number | Problem {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(value) ?? [];
  const seconds = Number(count) * (SECONDS.get(unit) ?? Number.NaN);
  return seconds >= 60 && seconds <= MAX_LIFETIME
    ? seconds
    : not(value, 'a time from 1m to 400d, like 45m, 12h or 30d');
}

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
]);

/** Accepts https anywhere and http on loopback, the rule Cognito has for callback URLs. */
function parseUrl(value: string): string | Problem | undefined {
  const url = asUrl(value);
  if (!url) return not(value, 'a URL');
  if (url.username || url.password || value.includes('#')) return not(value, 'a plain URL');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return value;
  return { problem: `is ${quote(value)}: it must be https (http only on localhost)` };
}

/**
 * Whether an address is this machine's own.
 *
 * @param url any
 */
export function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

function awsSuffix(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function not(value: string, what: string): Problem {
  return { problem: `is ${quote(value)}, which is not ${what}` };
}

/** For the log: one line of bounded length, without the password that a URL may have in it. */
function quote(value: string): string {
  return JSON.stringify(value.replace(/^([^/?#]*\/\/)[^/?#]*@/, '$1…@').slice(0, 80));
}
