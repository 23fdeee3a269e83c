import { asUrl } from '../protocol/url';

/** A host name in which each `*` matches letters, digits and hyphens within one label. */
const PATTERN = /^[a-z0-9*-]+(\.[a-z0-9*-]+)+$/;
/** A site on this machine, for testing. */
const LOOPBACK = /^(localhost|127\.0\.0\.1):\d{1,5}$/;

/**
 * Whether a pattern matches only hosts that its owner can control. `*.vercel.app` matches the sites
 * of all Vercel users. `my-app-*.vercel.app` isn't safe either: anyone can choose a name that
 * matches.
 *
 * @param pattern an entry of the allowlist, in lower case
 */
export function isHostPattern(pattern: string): boolean {
  if (LOOPBACK.test(pattern)) return true;
  if (!PATTERN.test(pattern)) return false;
  const labels = pattern.split('.');
  // Only the first label may vary: the parent domain must be written out.
  if (labels.slice(1).some((label) => label.includes('*'))) return false;
  const [first = ''] = labels;
  if (!first.includes('*')) return true;
  return first === '*' ? labels.length >= 4 : /\*-[a-z0-9-]{3,}$/.test(first);
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
