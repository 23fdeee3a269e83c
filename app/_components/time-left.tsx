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
 * How long something still lives: "42 minutes", and less while one looks.
 *
 * @param props.over what is said afterwards, "over" by default
 */
export function TimeLeft({ until, now, over = 'over' }: Span & { over?: string }) {
  const at = useTicking(until, now);
  return at < until ? timeLeft(until, at) : over;
}

/**
 * The life of a token as a bar that empties, with the same words for who cannot see it.
 *
 * @param props.from when the life began, in seconds since 1970
 * @param props.kind which token's colour it has
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
      aria-label={`${NAMES[kind]}: ${left > 0 ? `${timeLeft(until, at)} left` : 'over'}`}
    >
      <rect width="100" height="4" />
      <rect width={(left * 100).toFixed(2)} height="4" data-kind={kind} />
    </svg>
  );
}

const NAMES = { id: 'ID token', access: 'Access token', refresh: 'Refresh token' };

/** Each second in the last two minutes, and each half minute before; never where nobody looks. */
function useTicking(until: number, now: number): number {
  return useNow(now, (at, hidden) => {
    if (hidden || at >= until) return Number.POSITIVE_INFINITY;
    return until - at < 120 ? 1 : 30;
  });
}
