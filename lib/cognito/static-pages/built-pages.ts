import { withoutSlash } from '../access/routes';

/**
 * The last step of `npm run build` (`tools/setup/static-pages.ts`) replaces this text in the build: for
 * each static page its path, `>`, and the hashes of its inline scripts as in a policy; `|` between pages.
 * In `next dev`, and in a build without that step, it stays.
 */
const BUILT = 'static-pages-of-this-build';

const hashes: Readonly<Record<string, string>> = Object.fromEntries(
  BUILT.split('|').map((page) => page.split('>')),
);

/**
 * Returns the sources that the policy of a static page allows for its inline scripts.
 *
 * @param path of a request, with or without a trailing slash
 * @returns such as `'sha256-…' 'sha256-…'`; undefined if the build has no such static page
 */
export function scriptHashes(path: string): string | undefined {
  return hashes[withoutSlash(path)];
}
