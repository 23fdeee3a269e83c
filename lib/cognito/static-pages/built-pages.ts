/**
 * The last step of `npm run build` (`tools/setup/static-pages.ts`) replaces this text in the build with
 * `staticPagesText` of the pages that it found. In `next dev`, and in a build without that step, it stays.
 */
const BUILT = 'static-pages-of-this-build';

/** The hashes of each static page's inline scripts, as in a policy, by the page's encoded path. */
const pages = new Map(
  BUILT.split('|').map((entry): [string, string] => {
    const [path = '', ...hashes] = entry.split(' ');
    return [path, hashes.join(' ')];
  }),
);

/**
 * Returns the sources that the policy of a static page allows for its inline scripts.
 *
 * @param path of a request, with or without a trailing slash
 * @returns such as `'sha256-…' 'sha256-…'`; undefined if the build has no such static page
 */
export function scriptHashes(path: string): string | undefined {
  return pages.get(path.replace(/(?<=.)\/$/, ''));
}
