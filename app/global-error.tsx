'use client';

import '@/app/globals.css';
import ErrorPage from '@/app/error';

/** The 500 page for an error in the root layout. It replaces the layout, so it renders the whole document. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
