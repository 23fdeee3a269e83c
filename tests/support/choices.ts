import type { AccessList } from '@/lib/cognito/access/access-rules';
import { type AuthEvent, eventLine } from '@/lib/cognito/logging/events';

/**
 * The access list and event hook for tests of the sign-in itself. You may edit `lib/access.ts` and
 * `lib/on-event.ts`, so these tests don't use them.
 */
export const access = {
  publicPages: ['/', '/theme', '/blog/[slug]', '/docs/[[...path]]'],
  publicFiles: ['/icon.svg', '/robots.txt', '/favicon.ico', '/sitemap.xml'],
  groupPages: { '/admin': 'admin', '/docs/internal': 'admin', '/api/staff': 'admin' },
  recentSignInPages: { '/sensitive': 300, '/api/recent': 300 },
} satisfies AccessList;

/** Prints each event as one line. */
export function onEvent(event: AuthEvent): void {
  console[event.level](eventLine(event));
}
