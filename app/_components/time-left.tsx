'use client';

import { useEffect, useState } from 'react';
import { timeLeft } from './time';

interface Span {
  /** When it ends, in seconds since 1970. */
  until: number;
  /** The server's time when it rendered this, in seconds since 1970. */
  now: number;
}

/**
 * The time left until a moment, as a live countdown such as "42 minutes".
 *
 * @param props.over the text after that moment, "expired" by default
 */
export function TimeLeft({ until, now, over = 'expired' }: Span & { over?: string }) {
  const at = useTicking(until, now);
  return at < until ? timeLeft(until, at) : over;
}

/**
 * The remaining lifetime of a token as a bar, with the same information for screen readers.
 *
 * @param props.from when the lifetime started, in seconds since 1970
 * @param props.kind the token, which sets the color
 */
export function LifeBar(
  props: Span & { from: number; kind: keyof typeof NAMES; className?: string | undefined },
) {
  const { from, until, kind } = props;
  const at = useTicking(until, props.now);
  const left = Math.min(Math.max((until - at) / (until - from || 1), 0), 1);
  return (
    <svg
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      className={props.className}
      role="img"
      aria-label={`${NAMES[kind]}: ${left > 0 ? `${timeLeft(until, at)} left` : 'expired'}`}
    >
      <rect width="100" height="4" />
      <rect width={(left * 100).toFixed(2)} height="4" data-kind={kind} />
    </svg>
  );
}

const NAMES = { id: 'ID token', access: 'Access token', refresh: 'Refresh token' };

/** Updates every half minute, and every second in the last two minutes; never in a hidden tab. */
function useTicking(until: number, now: number): number {
  return useNow(now, (at, hidden) => {
    if (hidden || at >= until) return Number.POSITIVE_INFINITY;
    return until - at < 120 ? 1 : 30;
  });
}

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
