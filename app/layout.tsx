import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { getTheme } from '@/lib/cognito';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Cognito starter', template: '%s · Cognito starter' },
  description: "A Next.js starter that signs people in with Amazon Cognito's hosted UI.",
  icons: { icon: '/icon.svg' },
};

export const viewport: Viewport = { colorScheme: 'light dark' };

/** Never asks who is visiting: pages do that, so that a status of theirs is never sent too early. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered for its request: a policy by nonce cannot be kept in a cache.
  await connection();
  return (
    <html lang="en" data-theme={await getTheme()}>
      <body>{children}</body>
    </html>
  );
}
