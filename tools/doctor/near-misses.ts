/** The port that is often registered for development. */
const USUAL_PORT = ':3000';

/**
 * Addresses that are often registered by mistake: with or without a trailing slash, with the other
 * scheme, with another port or none, with or without `www`, and all combinations of these.
 *
 * @param uri an absolute http or https address, as text
 * @returns the variants, fewest differences first; none for any other text
 */
export function nearMisses(uri: string): readonly string[] {
  const parts = /^(https?):\/\/(www\.)?(\[[^\]]*\]|[^/:]+)(:\d+)?(.*?)(\/?)$/.exec(uri);
  if (!parts) return [];
  const [, scheme = '', www = '', host = '', port = '', path = '', slash = ''] = parts;
  const misses: { uri: string; differences: number }[] = [];
  for (const otherScheme of [scheme, scheme === 'https' ? 'http' : 'https']) {
    for (const otherWww of [www, www === '' ? 'www.' : '']) {
      for (const otherPort of new Set([port, '', USUAL_PORT])) {
        for (const otherSlash of [slash, slash === '' ? '/' : '']) {
          const differs = [
            otherScheme !== scheme,
            otherWww !== www,
            otherPort !== port,
            otherSlash !== slash,
          ];
          misses.push({
            uri: `${otherScheme}://${otherWww}${host}${otherPort}${path}${otherSlash}`,
            differences: differs.filter(Boolean).length,
          });
        }
      }
    }
  }
  return misses
    .filter(({ differences }) => differences > 0)
    .toSorted((a, b) => a.differences - b.differences)
    .map((miss) => miss.uri);
}
