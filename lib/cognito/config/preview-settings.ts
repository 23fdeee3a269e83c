import type { CognitoConfig, PreviewRole } from '../protocol/cognito-config';
import { asUrl } from '../protocol/wire';
import type { Reader } from './reader';
import { not, type Problem, parseSecret, parseUrl } from './values';

type Secret = CognitoConfig['sessionSecret'] | undefined;

/**
 * Reads the settings for sign-ins on previews.
 * See docs/decisions/0010.
 *
 * @param reader reads the environment and collects problems
 * @param sessionSecret the parsed `SESSION_SECRET`, if it is valid
 * @param registered the origin of the redirect URI, if that is valid
 * @returns the role of this deployment, and the origin if it is a preview
 */
export function parsePreview(
  { read, parse, report }: Pick<Reader, 'read' | 'parse' | 'report'>,
  sessionSecret: Secret,
  registered: string | undefined,
): { role: PreviewRole | undefined; origin: string | undefined } {
  const parseSecret = (value: string) => parseRelaySecret(value, sessionSecret);
  const secret = parse('PREVIEW_RELAY_SECRET', parseSecret);
  // Without the site's own domain, which is reported by itself, no pattern can be judged.
  const host = registered && new URL(registered).hostname;
  const hosts = host ? parse('PREVIEW_RELAY_HOSTS', (value) => parseHosts(value, host)) : undefined;
  const origin = parse('PREVIEW_ORIGIN', (value) => parsePreviewOrigin(value, registered));
  const relayed = read('PREVIEW_RELAY_HOSTS') !== undefined || read('PREVIEW_ORIGIN') !== undefined;
  if (relayed && read('PREVIEW_RELAY_SECRET') === undefined) {
    report('PREVIEW_RELAY_SECRET', 'is not set, though PREVIEW_RELAY_HOSTS or PREVIEW_ORIGIN is');
  }
  if (secret !== undefined && !relayed) {
    report('PREVIEW_RELAY_HOSTS', 'is not set, and neither is PREVIEW_ORIGIN: set one of them');
  }
  return { role: previewRole(secret, hosts, origin), origin };
}

/**
 * Refuses the session secret: anyone who can deploy a preview can read the preview's environment,
 * and could use that secret to seal sessions for production.
 */
function parseRelaySecret(value: string, sessionSecret: Secret): string | Problem {
  const own = typeof sessionSecret === 'object' ? Object.values(sessionSecret) : [sessionSecret];
  if (own.includes(value)) return { problem: 'must differ from SESSION_SECRET' };
  return parseSecret(value);
}

function parseHosts(value: string, ownHost: string): readonly string[] | Problem {
  const patterns = value.split(/[\s,]+/).filter((pattern) => pattern !== '');
  const odd = patterns.find((pattern) => !isHostPattern(pattern, ownHost));
  return odd === undefined ? patterns : not(odd, 'a host name that only you control');
}

function parsePreviewOrigin(value: string, registered: string | undefined): string | Problem {
  const url = parseUrl(value);
  if (typeof url !== 'string') return url ?? not(value, 'an origin');
  const { origin } = new URL(value);
  if (value !== origin && value !== `${origin}/`) return not(value, 'an origin (no path)');
  return origin === registered
    ? { problem: 'is the origin of COGNITO_REDIRECT_URI: a preview needs its own' }
    : origin;
}

/** A preview never relays, even if the hosts are set: settings are often shared with production. */
function previewRole(
  secret: string | undefined,
  hosts: readonly string[] | undefined,
  origin: string | undefined,
): PreviewRole | undefined {
  if (secret === undefined) return undefined;
  if (origin !== undefined) return { role: 'preview', secret };
  return hosts === undefined ? undefined : { role: 'relay', secret, hosts };
}

/** A host name in which each `*` matches letters, digits and hyphens within one label. */
const PATTERN = /^[a-z0-9*-]+(\.[a-z0-9*-]+)+$/;
/** A site on this machine, for testing. */
const LOOPBACK = /^(localhost|127\.0\.0\.1):\d{1,5}$/;

/**
 * Patterns of hosting platforms on which no other customer can have a name that matches: branches of
 * one team on Vercel, and previews of one site on Netlify, Cloudflare Pages and AWS Amplify.
 */
const ONE_CUSTOMER =
  /^([a-z0-9-]+-git-\*-[a-z0-9-]{3,}\.vercel|\*--[a-z0-9-]+\.netlify)\.app$|^\*\.[a-z0-9-]+\.(pages\.dev|amplifyapp\.com)$/;

/**
 * Whether a pattern matches only hosts that the site's owner controls. Without a star, it does: the
 * owner wrote the whole name. With one, only below the site's own domain, and on the platforms
 * above: `*.vercel.app` and `*.s3.amazonaws.com` match the sites of all customers, and in
 * `my-app-*.vercel.app` or `*-git-main.vercel.app` anyone can choose a name that matches.
 *
 * @param pattern an entry of the allowlist, in lower case
 * @param ownHost the host name of the site's redirect URI
 */
export function isHostPattern(pattern: string, ownHost: string): boolean {
  if (LOOPBACK.test(pattern)) return true;
  if (!PATTERN.test(pattern)) return false;
  if (!pattern.includes('*') || ONE_CUSTOMER.test(pattern)) return true;
  // Only the first label may vary: the parent domain must be written out.
  const [, parent = ''] = /^[^.]*(\.[^*]+)$/.exec(pattern) ?? [];
  if (parent.endsWith(`.${ownHost}`)) return true;
  // The site is www.example.com: also below preview.example.com, but not directly below
  // example.com, which could be another vercel.app.
  const [, shared] = /^[^.]+(\..+\..+)$/.exec(ownHost) ?? [];
  return shared !== undefined && parent !== shared && parent.endsWith(shared);
}

/**
 * Whether an origin matches the allowlist. Origins are compared as text, so that no other parser
 * can read them differently.
 *
 * @param origin an origin, exactly as `URL.origin` returns it
 * @param hosts the patterns of the allowlist
 */
export function isPreviewOrigin(origin: string, hosts: readonly string[]): boolean {
  if (asUrl(origin)?.origin !== origin) return false;
  return hosts.some((pattern) => {
    if (LOOPBACK.test(pattern)) return origin === `http://${pattern}`;
    const host = pattern.replaceAll('.', '\\.').replaceAll('*', '[a-z0-9-]+');
    return new RegExp(`^https://${host}$`).test(origin);
  });
}
