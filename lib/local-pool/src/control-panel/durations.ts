const UNITS: readonly [seconds: number, name: string][] = [
  [24 * 3600, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/**
 * A duration in the largest unit that it is a whole number of: `1 hour`, `90 seconds`, `30 days`.
 *
 * @param seconds a whole number of them
 */
export function duration(seconds: number): string {
  const [size, name] = UNITS.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [
    1,
    'second',
  ];
  return counted(seconds / size, name);
}

/**
 * A number with its noun: `1 sign-in`, `2 sign-ins`.
 *
 * @param count how many
 * @param noun of one; its plural ends in s
 */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
