/** How the paths of a rule match, as parts of a regular expression. */
interface Kind {
  readonly start: string;
  /** What a parameter matches: one segment. */
  readonly segment: string;
  readonly end: string;
  /** Whether each segment is decoded and encoded again first, in the path and in the rule. */
  readonly respelled?: boolean;
}

/**
 * A segment, encoded as `encodeURIComponent` would. Letters, digits, "-" and "." must not be encoded,
 * and encoded slashes, backslashes, percent signs and control characters never match: otherwise
 * another spelling of a private path could match a public pattern. Nor do "?" and "#", which end a path.
 */
const SEGMENT = '(?:[^/%?#\\\\]|%(?:2[0-46-9A-C]|3[A-F]|40|5[BDE]|60|7[B-D]|[89A-F][\\dA-F]))+';

/** Images that Next serves for a page, as Next names them: a number, a hash, then a type or an ID. */
const IMAGE = `/((opengraph|twitter)-image|(apple-)?icon)\\d?(-[\\da-z]{6})?(\\.(gif|ico|jpe?g|png|svg)|/${SEGMENT})?`;

/**
 * For public pages and their images. Dot segments, Next's internal paths (`/_next`, `/_not-found`)
 * and the other address of a page's parts (`/page.segments/…`) never match.
 */
export const OPEN: Kind = {
  start: '^(?=/)(?!/_|.*(/\\.\\.?(/|$)|\\.segments/))',
  segment: SEGMENT,
  end: `(${IMAGE})?/?$`,
};

/** For pages that the build renders: without their images. */
export const STATIC: Kind = { ...OPEN, end: '/?$' };

/** For folders of public files: names with an extension, so that no page is among them by accident. */
export const FILE: Kind = { ...OPEN, end: '(?<=[^/]\\.\\w+)$' };

/**
 * For rules that restrict one page. They match every spelling of a path, because a page gets its
 * parameters decoded: `/docs/%69nternal` is `/docs/internal`. Too much is safe.
 */
export const PAGE: Kind = { start: '^', segment: '[^/]+', end: '/?$', respelled: true };

/** For rules that restrict a page and everything below it. */
export const BELOW: Kind = { ...PAGE, end: '(/|$)' };

const compiled = new Map<string, RegExp>();

/**
 * Whether a path is that of a page, with or without a trailing slash.
 *
 * @param page a path, or a pattern as Next names folders: `/blog/[slug]`, `/docs/[...path]`,
 *   `/docs/[[...path]]`
 * @param path of a request, encoded
 * @param kind one of the above
 */
export function matches(page: string, path: string, kind: Kind): boolean {
  const key = page + kind.end;
  const known = compiled.get(key) ?? compile(page, kind);
  compiled.set(key, known);
  return known.test(kind.respelled ? path.split('/').map(respell).join('/') : path);
}

/** Encodes a segment in one way, however the client encoded it. */
function respell(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    return segment; // Next can't decode it either: no page gets it.
  }
}

function compile(page: string, { start, segment, end, respelled }: Kind): RegExp {
  const encode = respelled ? encodeURIComponent : encodeURI;
  const parts = page.split('/').filter(Boolean);
  const sources = parts.map((part) => partSource(part, segment, encode));
  return new RegExp(start + sources.join('') + end);
}

/** A part that isn't exactly a parameter stands for itself. */
function partSource(part: string, segment: string, encode: (text: string) => string): string {
  const parameter = /^\[(\[?)(\.{3})?[^[\].]+\]+$/.exec(part);
  if (!parameter) return `/${encode(part).replace(/[^\w%-]/g, '\\$&')}`;
  const [, optional, rest] = parameter;
  if (!rest) return `/${segment}`;
  return `(/${segment})${optional ? '*' : '+'}`;
}
