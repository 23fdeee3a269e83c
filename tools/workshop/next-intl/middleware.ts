/** The composed middleware, as a site would have it in `middleware.ts`. */
import createMiddleware from 'next-intl/middleware';
import { defineRouting } from 'next-intl/routing';
import { access } from '@/lib/access';
import { behindGuard } from '@/lib/cognito/behind-guard';

const routing = defineRouting({
  locales: ['en', 'de'],
  defaultLocale: 'en',
  // `/profile` is English, `/de/profile` German.
  localePrefix: 'as-needed',
  // next-intl would build this header's URLs from Host and X-Forwarded-Host, which any client can set.
  alternateLinks: false,
});

export const middleware = behindGuard(access, createMiddleware(routing));

export const config = { matcher: '/((?!_next/static/).*)' };
