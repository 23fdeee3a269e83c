import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { getSite } from '@/lib/cognito';

const PAGES = [
  '/', // the home page
  '/flow', // demo
  '/source', // demo
];

/** `/sitemap.xml`: the public pages, with the site's origin. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  await connection();
  const site = getSite();
  if (!site.ok) return [];
  return PAGES.map((path) => ({ url: `${site.config.origin}${path}` }));
}
