import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { getSite, HANDLERS } from '@/lib/cognito';

/** Routes that aren't pages: they perform an action or serve programs. */
const NO_PAGES = ['/api/', ...HANDLERS];

/** `/robots.txt`. It doesn't have to list private pages: crawlers are signed out and see nothing there. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection();
  const site = getSite();
  return {
    rules: [{ userAgent: '*', disallow: NO_PAGES }],
    ...(site.ok ? { sitemap: `${site.config.origin}/sitemap.xml` } : {}),
  };
}
