import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { getPageContext, getSite } from '@/lib/cognito';
import './globals.css';
import { DESCRIPTION, NAME } from '../lib/site';

/** Made for each request: the site's origin is known at run time only. */
export async function generateMetadata(): Promise<Metadata> {
  await connection();
  const site = getSite();
  return {
    ...(site.ok ? { metadataBase: new URL(site.config.origin) } : {}),
    title: { default: NAME, template: `%s · ${NAME}` },
    description: DESCRIPTION,
    icons: {
      icon: [
        { url: '/icon.svg', type: 'image/svg+xml' },
        { url: '/favicon.ico', sizes: '32x32' },
      ],
      apple: '/apple-icon.png',
    },
    openGraph: {
      type: 'website',
      siteName: NAME,
      images: [{ url: '/social.png', width: 1200, height: 630, alt: DESCRIPTION }],
    },
    twitter: { card: 'summary_large_image' },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#1a1d25' },
  ],
};

/** Never asks who is visiting: pages do that, so that a status of theirs is never sent too early. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered for its request: a policy by nonce cannot be kept in a cache.
  await connection();
  const { theme } = await getPageContext();
  return (
    <html lang="en" data-theme={theme}>
      <body>{children}</body>
    </html>
  );
}
