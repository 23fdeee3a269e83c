'use client';

import './globals.css';
import ErrorPage from './error';

/** The 500 page for an error in the layout itself, which brings the document along. */
export default function GlobalError(props: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong</title>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
