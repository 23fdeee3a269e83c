/** A port that is often registered for development. */
const USUAL_PORT = ':3000';

/**
 * Addresses that people register instead of the one that the site has: another slash at the end,
 * http for https, another port or none, `www` or none, and all of these together.
 *
 * @param uri an absolute http or https address, as text
 * @returns the others, those with the fewest differences first; none for anything else
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
