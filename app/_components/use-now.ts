import { useEffect, useState } from 'react';

/**
 * How far the server's clock is ahead of the browser's, in seconds; learnt once from the first page.
 * The two are never compared: a browser's clock may be hours off.
 */
let ahead: number | undefined;

/** `setTimeout` takes no more, in milliseconds, and calls at once for what is longer: 24.8 days. */
const LONGEST = 2 ** 31 - 1;

/**
 * The server's time, live in the browser. One timer runs to the next change; a tab that is looked at
 * again is right at once.
 *
 * @param rendered the server's time when it rendered the page, in seconds since 1970
 * @param wait from a time, how many seconds nothing changes; infinite for ever
 * @returns seconds since 1970, by the server's clock
 */
export function useNow(rendered: number, wait: (at: number, hidden: boolean) => number): number {
  const [at, setAt] = useState(rendered);
  useEffect(() => {
    const difference = ahead ?? rendered - Date.now() / 1000;
    ahead = difference;
    const update = () => setAt(Date.now() / 1000 + difference);
    const milliseconds = wait(at, document.hidden) * 1000;
    const timer =
      milliseconds < Number.POSITIVE_INFINITY
        ? setTimeout(update, Math.min(Math.max(milliseconds, 50), LONGEST))
        : undefined;
    document.addEventListener('visibilitychange', update);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', update);
    };
  }, [rendered, at, wait]);
  return at;
}
