import { asUrl } from '../protocol/wire';

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
