/** A date and time in UTC. */
export function Moment({ at }: { at: number }) {
  const iso = new Date(at * 1000).toISOString();
  return <time dateTime={iso}>{`${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`}</time>;
}

/** The time left until a moment: "42 minutes". */
export function timeLeft(until: number, now: number): string {
  const seconds = Math.floor(until - now);
  if (seconds <= 0) return 'expired';
  for (const [unit, length] of UNITS) {
    const count = Math.floor(seconds / length);
    if (count > 1) return `${count} ${unit}s`;
  }
  return `${seconds} second${seconds === 1 ? '' : 's'}`;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;
