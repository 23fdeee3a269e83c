const UNITS: readonly [seconds: number, name: string][] = [
  [24 * 3600, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/**
 * Formats a duration in the largest unit that divides it evenly: `1 hour`, `90 seconds`, `30 days`.
 *
 * @param seconds a whole number
 */
export function duration(seconds: number): string {
  const [size, name] = UNITS.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [
    1,
    'second',
  ];
  return counted(seconds / size, name);
}

/**
 * Formats a number with its noun: `1 session`, `2 sessions`.
 *
 * @param count how many
 * @param noun the singular of a noun whose plural ends in s
 */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
