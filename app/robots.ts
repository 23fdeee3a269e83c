import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { environment } from '@/lib/cognito';

/** `/robots.txt`: the public pages may be found, and nothing else. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection();
  const site = environment();
  return {
    rules: [
      {
        userAgent: '*',
        allow: [
          '/$',
          '/flow', // demo
          '/source', // demo
        ],
        disallow: '/',
      },
    ],
    ...(site.ok ? { sitemap: `${site.client.config.origin}/sitemap.xml` } : {}),
  };
}
