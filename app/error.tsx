'use client';

import { lazy } from 'react';
import { ErrorMessage } from '@/app/_components/error-message';

/** Every page loads this file, so the frame follows only when something has gone wrong. */
const Frame = lazy(async () => ({ default: (await import('@/app/_components/frame')).Frame }));

/**
 * The 500 page.
 *
 * @param props.error what was thrown
 * @param props.retry renders the failed part again
 */
export default function ErrorPage(props: { error: unknown; retry: () => void }) {
  return (
    <Frame>
      <ErrorMessage {...props} />
    </Frame>
  );
}
