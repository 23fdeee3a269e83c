'use client';

import { timeLeft } from './time';
import { useNow } from './use-now';

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
