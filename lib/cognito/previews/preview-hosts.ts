import { asUrl } from '../protocol/url';

/** On which hosts a preview may be: text with `*` for letters, digits and hyphens of one label. */
const PATTERN = /^[a-z0-9*-]+(\.[a-z0-9*-]+)+$/;
/** The site on this machine, for try-outs. */
const LOOPBACK = /^(localhost|127\.0\.0\.1):\d{1,5}$/;

/**
 * Whether a pattern names hosts that can be one's own. `*.vercel.app` names everybody's; so does a
 * pattern that ends in the middle of what anybody may choose, like `my-app-*.vercel.app`.
 *
 * @param pattern one entry of the allow-list, in lower case
 */
export function isHostPattern(pattern: string): boolean {
  if (LOOPBACK.test(pattern)) return true;
  if (!PATTERN.test(pattern)) return false;
  const labels = pattern.split('.');
  // Only the first label varies: with it, one name under one parent that is written out.
  if (labels.slice(1).some((label) => label.includes('*'))) return false;
  const [first = ''] = labels;
  if (!first.includes('*')) return true;
  return first === '*' ? labels.length >= 4 : /\*-[a-z0-9-]{3,}$/.test(first);
}

/**
 * Whether an origin is on the list. Compared as text, so that nothing is there to be parsed differently.
 *
 * @param origin as `URL.origin` writes it
 * @param hosts patterns
 */
export function isPreviewOrigin(origin: string, hosts: readonly string[]): boolean {
  if (asUrl(origin)?.origin !== origin) return false;
  return hosts.some((pattern) => {
    if (LOOPBACK.test(pattern)) return origin === `http://${pattern}`;
    const host = pattern.replaceAll('.', '\\.').replaceAll('*', '[a-z0-9-]+');
    return new RegExp(`^https://${host}$`).test(origin);
  });
}
