'use client';

import '@/app/globals.css';
import { ErrorMessage } from '@/app/_components/error-message';

/** The 500 page for an error in the root layout. It replaces the layout, so it renders the whole document. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <main id="content">
          <ErrorMessage {...props} />
        </main>
      </body>
    </html>
  );
}
