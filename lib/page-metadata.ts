import type { Metadata } from 'next';
import { PAGES, type Page } from './site';

/**
 * The metadata of a page in the list of `lib/site.ts`. The layout completes it: it adds the site's name to the
 * title, and the image for link previews, which repeat the title and the description.
 *
 * @param path of the page, as in the list
 */
export function pageMetadata(path: (typeof PAGES)[number]['path']): Metadata {
  const page: Page | undefined = PAGES.find((each) => each.path === path);
  if (!page) return {};
  const { title, description } = page;
  return { title, ...(description === undefined ? {} : { description }) };
}
