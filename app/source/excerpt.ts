import type { Excerpt } from './cut';
import excerpts from './excerpts.json';
import type { ExcerptId } from './wanted';

/**
 * Returns an excerpt of this site's code.
 *
 * @param id from `wanted.ts`
 * @throws Error if `excerpts.json` doesn't contain it: run `npm run --prefix tools/workshop excerpts`
 */
export function excerptOf(id: ExcerptId): Excerpt {
  const found = excerpts.find((each) => each.id === id);
  if (!found) throw new Error(`There is no excerpt “${id}”.`);
  return found;
}

/**
 * Returns a link to an excerpt of this site's code.
 *
 * @param id from `wanted.ts`
 * @returns the link's address, and its label: the file and the lines
 */
export function excerpt(id: ExcerptId): { href: string; label: string } {
  return { href: `/source#${id}`, label: labelOf(excerptOf(id)) };
}

/** For example `lib/cognito/protocol/verify.ts, lines 24-50`. */
export function labelOf({ file, from, to }: Excerpt): string {
  return `${file}, lines ${from}-${to}`;
}
