/**
 * The scripts of a page that a browser loads at once.
 *
 * @param html of the page
 * @param origin of the site
 * @returns their addresses
 */
export function scriptsOf(html: string, origin: string): string[] {
  // The one for browsers without modules is loaded by none that is alive.
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  return tags
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .flatMap((tag) => tag.match(/\bsrc="([^"]+)"/)?.[1] ?? [])
    .map((src) => new URL(src, origin).href);
}
