import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { getSite, HANDLERS } from '@/lib/cognito';

/** Answers that are no pages: they start something, or speak to programs. */
const NO_PAGES = ['/api/', ...HANDLERS];

/** `/robots.txt`. Private pages need no line in it: they show nothing to who is not signed in. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection();
  const site = getSite();
  return {
    rules: [{ userAgent: '*', disallow: NO_PAGES }],
    ...(site.ok ? { sitemap: `${site.config.origin}/sitemap.xml` } : {}),
  };
}
