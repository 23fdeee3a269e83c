import { useEffect, useState } from 'react';

/**
 * How far the server's clock is ahead of the browser's, in seconds. Measured once, on the first page:
 * a browser's clock may be hours off, so its time is never used without this correction.
 */
let ahead: number | undefined;

/** The longest delay of `setTimeout`, in milliseconds (24.8 days). It runs longer ones immediately. */
const LONGEST = 2 ** 31 - 1;

/**
 * The server's time in the browser, updated when the display changes. It uses one timer, and updates
 * immediately when a hidden tab becomes visible.
 *
 * @param rendered the server's time when it rendered the page, in seconds since 1970
 * @param wait returns the seconds from a given time until the next change; infinity for none
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
