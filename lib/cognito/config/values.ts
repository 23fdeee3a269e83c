import type { CognitoConfig } from '../protocol/cognito-config';
import { asUrl } from '../protocol/wire';

/**
 * Words of placeholders: `change-me`, `complex_password_at_least_32_characters_long` (the manual of
 * iron-session), `your-secret-here`. Random text doesn't contain them.
 */
const PLACEHOLDER =
  /change.?(me|this)|complex.?password|(your|replace|insert|placeholder|example|sample|default).{0,12}(secret|pass|key)|at.?least.?32|openssl.rand|qwerty/i;
/** A short text that repeats itself to the end. */
const REPEATED = /^(.{1,10}?)\1+.{0,9}$/s;

/**
 * Tells whether anyone could guess a secret: one character or a short text, repeated, or the placeholder
 * of a manual.
 *
 * @param secret of 32 characters or more
 */
function isGuessable(secret: string): boolean {
  return REPEATED.test(secret) || PLACEHOLDER.test(secret);
}

/** The minimum length of a secret, in characters. */
const MIN_SECRET_LENGTH = 32;
/** In seconds: Chromium keeps no cookie for longer than 400 days. */
const MAX_LIFETIME = 400 * 86_400;

/** What is wrong with a value: the rest of a sentence that starts with the variable's name. */
export interface Problem {
  readonly problem: string;
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value;
}

export function parseRegion(value: string): string | Problem {
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(value) ? value : not(value, 'an AWS region');
}

export function parseUserPoolId(value: string, region: string | undefined): string | Problem {
  if (value.length > 55 || !/^[\w-]+_[0-9a-zA-Z]+$/.test(value))
    return not(value, 'a user pool ID');
  if (region && !value.startsWith(`${region}_`)) {
    return { problem: `is ${quote(value)}, but COGNITO_REGION is ${quote(region)}` };
  }
  return value;
}

/** Parses a prefix, a host name or an origin (`COGNITO_DOMAIN` in the README) into an origin. */
export function parseDomain(value: string, region: string | undefined): string | Problem {
  if (value.includes('://')) {
    const url = parseUrl(value);
    if (typeof url !== 'string') return url ?? { problem: 'is not a URL' };
    const { origin } = new URL(url);
    return value === origin || value === `${origin}/` ? origin : not(value, 'an origin (no path)');
  }
  if (value.includes('.')) {
    const origin = `https://${value.toLowerCase()}`;
    const host = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(value) && isOrigin(origin);
    return host ? origin : not(value, 'a host name');
  }
  const prefix = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
  if (!prefix.test(value)) return not(value, 'a domain prefix');
  if (!region) return value; // The missing region is already reported.
  // GovCloud has only the FIPS form, China its own suffix.
  const auth = region.startsWith('us-gov-') ? 'auth-fips' : 'auth';
  const suffix = awsSuffix(region).replace('amazonaws', 'amazoncognito');
  const origin = `https://${value}.${auth}.${region}.${suffix}`;
  return isOrigin(origin) ? origin : not(value, 'a domain prefix');
}

/**
 * The URL parser finds what a pattern misses: "a.999" is invalid, and "0x7f.1" is an IP address.
 */
function isOrigin(text: string): boolean {
  return asUrl(text)?.origin === text;
}

export function parseClientId(value: string): string | Problem {
  return value.length <= 128 && /^[\w+]+$/.test(value) ? value : not(value, 'an app client ID');
}

export function parseRedirectUri(value: string): string | Problem {
  const url = parseUrl(value);
  if (typeof url !== 'string') return url ?? not(value, 'a URL');
  const { origin } = new URL(value);
  // Cognito compares byte for byte: a URL that a parser would rewrite causes a `redirect_mismatch`.
  if (value === `${origin}/login` || value === `${origin}/login/`) return value;
  return {
    problem: `is ${quote(value)}: its path must be /login or /login/, with nothing after it`,
  };
}

export function parseScopes(value: string): string | Problem {
  const scopes = value.split(/\s+/);
  if (!scopes.includes('openid')) return { problem: 'must include "openid" to get an ID token' };
  // RFC 6749, section 3.3
  const odd = scopes.find((scope) => !/^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope));
  return odd === undefined ? scopes.join(' ') : not(odd, 'a scope');
}

export function parseIssuer(value: string): string | Problem {
  const url = parseUrl(value);
  if (typeof url !== 'string') return url ?? not(value, 'a URL');
  return value.endsWith('/') || value.includes('?')
    ? not(value, 'an issuer (no slash at the end)')
    : value;
}

/** Parses one secret. A problem never quotes it. */
export function parseSecret(value: string): string | Problem {
  if (value.length < MIN_SECRET_LENGTH) {
    return { problem: `must have at least ${MIN_SECRET_LENGTH} characters` };
  }
  return isGuessable(value)
    ? { problem: 'is easy to guess: it repeats itself, or is a placeholder' }
    : value;
}

/** Parses one secret or numbered secrets. A problem never quotes the value: it is a secret. */
export function parseSessionSecret(value: string): CognitoConfig['sessionSecret'] | Problem {
  if (!value.startsWith('{')) return parseSecret(value);
  const shape = { problem: 'must be a JSON object of numbered secrets, like {"2":"…","1":"…"}' };
  const numbered = parseJson(value);
  if (typeof numbered !== 'object' || numbered === null) return shape;
  const secrets: Record<string, string> = {};
  for (const [id, secret] of Object.entries(numbered)) {
    if (!/^(0|[1-9]\d{0,8})$/.test(id) || typeof secret !== 'string') return shape;
    const parsed = parseSecret(secret);
    if (isProblem(parsed)) return parsed;
    secrets[id] = parsed;
  }
  return Object.keys(secrets).length > 0 ? secrets : shape;
}

/** Parses a whole number with a unit, from one minute to 400 days. Returns seconds. */
export function parseDuration(value: string): number | Problem {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(value) ?? [];
  const seconds = Number(count) * (SECONDS.get(unit) ?? Number.NaN);
  return seconds >= 60 && seconds <= MAX_LIFETIME
    ? seconds
    : not(value, 'a duration from 1m to 400d, like 45m, 12h or 30d');
}

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
]);

/** Accepts https on any host and http on loopback, as Cognito does for callback URLs. */
export function parseUrl(value: string): string | Problem | undefined {
  const url = asUrl(value);
  if (!url) return not(value, 'a URL');
  if (url.username || url.password || value.includes('#'))
    return not(value, 'a URL without credentials or fragment');
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return value;
  return { problem: `is ${quote(value)}: it must be https (http only on localhost)` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function not(value: string, what: string): Problem {
  return { problem: `is ${quote(value)}, which is not ${what}` };
}

/** Quotes a value for the log: on one line, at most 80 characters, without a URL's credentials. */
function quote(value: string): string {
  return JSON.stringify(value.replace(/^([^/?#]*\/\/)[^/?#]*@/, '$1…@').slice(0, 80));
}

/**
 * Whether the host of a URL is this machine (loopback).
 *
 * @param url any URL
 */
export function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

/** The domain of AWS's endpoints in the partition that a region belongs to. */
export function awsSuffix(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/**
 * Whether a request came to another host than the site's own, such as `my-app-abc123.vercel.app`. A
 * sign-in that started there would fail: its cookie would stay there, and the callback come to the
 * site's own host. So the visitor is sent to `/login` of the site's own host first.
 *
 * `Host` decides nothing else. A proxy may replace it, so this must never lead to the same address
 * again: `/login` does it only once. A loopback host is that of a proxy on the same machine, or of
 * `next dev` (`developer-requests.ts`); and a preview with the relay has several hosts.
 *
 * @param headers of a request that is about to start a sign-in
 * @param config the site's origin, and the role of a preview
 */
export function isOtherHost(headers: Headers, { origin, preview }: CognitoConfig): boolean {
  const url = asUrl(`http://${headers.get('host') ?? ''}`);
  if (!url || isLoopback(url) || preview?.role === 'preview') return false;
  return url.host !== new URL(origin).host;
}
