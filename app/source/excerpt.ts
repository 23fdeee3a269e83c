import type { Excerpt } from './cut';
import excerpts from './excerpts.json';
import type { ExcerptId } from './wanted';

/**
 * A piece of the site's own code.
 *
 * @param id of `wanted.ts`
 * @throws Error until `npm run --prefix tools/workshop excerpts` has written it
 */
export function excerptOf(id: ExcerptId): Excerpt {
  const found = excerpts.find((each) => each.id === id);
  if (!found) throw new Error(`There is no excerpt “${id}”.`);
  return found;
}

/**
 * A link to a piece of the site's own code.
 *
 * @param id of `wanted.ts`
 * @returns where it is shown, and the file and its lines in words
 */
export function excerpt(id: ExcerptId): { href: string; label: string } {
  return { href: `/source#${id}`, label: labelOf(excerptOf(id)) };
}

/** For example `lib/cognito/protocol/verify.ts, lines 24-50`. */
export function labelOf({ file, from, to }: Excerpt): string {
  return `${file}, lines ${from}-${to}`;
}
