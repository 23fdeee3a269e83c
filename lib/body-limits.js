/**
 * The largest request bodies, in bytes: for each path listed here and everything below it. The longest path
 * counts. A larger body gets a 413. `next.config.js` raises Next's own limits to the largest of these.
 * Vercel refuses bodies over 4.5 MB itself.
 *
 * @type {Readonly<Record<string, number>>}
 */
export const bodyLimits = {
  '/': 1_000_000,
};

/** How many parts (fields and files) a multipart form may have. Each costs as much as kilobytes of text. */
export const maxParts = 100;
