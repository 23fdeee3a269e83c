/**
 * The scripts that a page's HTML tells a browser to load.
 *
 * @param html of the page
 * @param origin of the site
 * @returns their URLs
 */
export function scriptsOf(html: string, origin: string): string[] {
  // Current browsers don't load the script for browsers without modules.
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  return tags
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .flatMap((tag) => tag.match(/\bsrc="([^"]+)"/)?.[1] ?? [])
    .map((src) => new URL(src, origin).href);
}
