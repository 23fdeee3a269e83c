import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { access } from '@/lib/access';
import { getSite, isPublicPage } from '@/lib/cognito';
import { PAGES } from '@/lib/site';

/** `/sitemap.xml`: the public pages of `lib/site.ts`. Add those of your dynamic routes, such as `/blog/hello`, here. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  await connection();
  const site = getSite();
  if (!site.ok) return [];
  const { origin } = site.config;
  const pages = PAGES.filter(({ path }) => isPublicPage(access, path));
  return pages.map(({ path }) => ({ url: `${origin}${path}` }));
}
