import type { MetadataRoute } from 'next';
import { DESCRIPTION, NAME } from '@/lib/site';

/** `/manifest.webmanifest`: the site's name, icons and colors on a home screen. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: NAME,
    short_name: NAME,
    description: DESCRIPTION,
    start_url: '/',
    display: 'browser',
    background_color: '#fcfaf7',
    theme_color: '#252a3a',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    ],
  };
}
