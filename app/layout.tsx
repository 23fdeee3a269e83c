import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { getPageContext, getSite } from '@/lib/cognito';
import '@/app/globals.css';
import '@/app/forms.css';
import { DESCRIPTION, NAME } from '@/lib/site';
import { THEME_SCRIPT } from '@/lib/theme';

/** Generated for each request, because the site's origin is only known at run time. */
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
      // A static page that is built without settings has no address for it.
      ...(site.ok && {
        images: [{ url: '/social.png', width: 1200, height: 630, alt: NAME }],
      }),
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

/** Doesn't check who is visiting. Pages do that, so that they can still set the response status. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  // Render every page per request: its nonce-based policy must not be cached.
  await connection();
  const { theme, isStatic } = await getPageContext();
  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning={isStatic}>
      {isStatic && (
        <head>
          <script>{THEME_SCRIPT}</script>
        </head>
      )}
      <body>{children}</body>
    </html>
  );
}
